"""The manifests of several instances say what they must, name only settings that exist, and keep secrets out."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT, SETTINGS
from bot.telegram.tally import Tally
from bot.web.health import Told

DEPLOY = ROOT / "deploy"
SECRET = {"BOT_TOKEN", "SECRET", "WEBHOOK_SECRET", "DATABASE_URL", "REDIS_URL"}


@pytest.fixture(scope="module")
def cluster() -> dict[str, Any]:
    """What stands in kubernetes.yaml, by kind."""
    return {one["kind"]: one for one in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))}


def test_kubernetes_asks_whether_a_bot_lives_and_can_answer(cluster: dict[str, Any]) -> None:
    (bot,) = cluster["Deployment"]["spec"]["template"]["spec"]["containers"]

    ports = {port["name"] for port in bot["ports"]}
    probes = {name: bot[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"
    }  # fmt: skip
    assert {probe["port"] for probe in probes.values()} <= ports
    assert cluster["Service"]["spec"]["ports"][0]["targetPort"] in ports


def test_kubernetes_finds_the_same_bots_everywhere_and_never_takes_all_away(cluster: dict[str, Any]) -> None:
    deployment, budget = cluster["Deployment"]["spec"], cluster["PodDisruptionBudget"]["spec"]
    scaling = cluster["HorizontalPodAutoscaler"]["spec"]

    labels = deployment["template"]["metadata"]["labels"]
    assert labels == deployment["selector"]["matchLabels"] == budget["selector"]["matchLabels"]
    assert labels == cluster["Service"]["spec"]["selector"]
    assert scaling["scaleTargetRef"]["name"] == cluster["Deployment"]["metadata"]["name"]
    assert 1 <= budget["minAvailable"] < deployment["replicas"] == scaling["minReplicas"] < scaling["maxReplicas"]
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_kubernetes_scales_by_a_figure_the_bot_tells(cluster: dict[str, Any]) -> None:
    (metric,) = cluster["HorizontalPodAutoscaler"]["spec"]["metrics"]

    told = {one.name for one in Told(Tally(), lambda: (0, 0)).collect()}
    assert metric["pods"]["metric"]["name"] in told


def test_kubernetes_gets_secrets_by_reference_and_settings_that_exist(cluster: dict[str, Any]) -> None:
    (bot,) = cluster["Deployment"]["spec"]["template"]["spec"]["containers"]
    plain = {one["name"]: one["value"] for one in bot["env"]}

    assert bot["envFrom"] == [{"secretRef": {"name": "safar"}}]
    assert plain.keys() <= SETTINGS.keys() - SECRET
    assert bot["securityContext"]["readOnlyRootFilesystem"]
    assert {one["mountPath"] for one in bot["volumeMounts"]} == {"/data", "/tmp"}


@pytest.mark.parametrize("name", ["compose.yaml", "replicas.compose.yaml"])
def test_compose_names_files_that_exist_and_no_secret(name: str) -> None:
    services = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))["services"]

    bot = services["bot"]
    assert bot["env_file"] == "safar.env"
    assert bot.get("environment", {}).keys() <= SETTINGS.keys() - SECRET
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).is_file()
    mounts = [mount for service in services.values() for mount in service.get("volumes", []) if mount[0] == "."]
    assert all((DEPLOY / mount.split(":")[0]).is_file() for mount in mounts)


@pytest.mark.parametrize("name", ["compose.yaml", "replicas.compose.yaml"])
def test_compose_itself_reads_them(name: str, tmp_path: Path) -> None:
    program = shutil.which("docker-compose")
    if program is None:
        pytest.skip("docker-compose is not installed (apt install docker-compose)")
    for manifest in DEPLOY.glob("*.*"):
        shutil.copy(manifest, tmp_path)
    for settings in ("safar.env", "postgres.env"):
        (tmp_path / settings).touch()

    read = subprocess.run([program, "-f", tmp_path / name, "config", "--quiet"], check=False, capture_output=True)

    assert read.returncode == 0, read.stderr.decode()
