// What is pasted from Word or a page -> our small Markdown: bold, lists and paragraphs; everything else stays outside.

const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "TR", "TABLE", "BLOCKQUOTE"]);
const DROPPED = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "XML", "HEAD", "TEMPLATE"]);
const BULLET = /^[·•▪◦o§–-]\s+(?=\S)/u; // how Word writes the mark of a list that is none in HTML

/** The words of a piece of HTML; it is parsed without being shown, so nothing in it runs or loads. */
export function markdown(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const lines = [];
  block(body, lines, "");
  return lines.map((line) => line.trim()).filter((line, at, all) => line || (at && all[at - 1])).join("\n").trim();
}

function block(node, lines, mark) {
  let line = mark;
  const end = () => {
    if (line.trim() && line.trim() !== mark.trim()) lines.push(line.replace(/\s+/g, " "));
    line = "";
  };
  let number = Number(node.getAttribute?.("start") || 1);
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) line += child.data;
    if (child.nodeType !== Node.ELEMENT_NODE || DROPPED.has(child.nodeName) || child.nodeName.includes(":")) continue;
    if (child.nodeName === "BR") end();
    else if (BLOCKS.has(child.nodeName)) {
      const carried = child.nodeName === "P" && line.trim() === mark.trim() ? mark : ""; // the mark of an entry goes to its first paragraph
      end();
      const own = child.nodeName !== "LI" ? carried : node.nodeName === "OL" ? `${number++}. ` : "- ";
      const first = lines.length;
      block(child, lines, own);
      const isWordList = /MsoList|mso-list/.test(`${child.className} ${child.getAttribute("style") ?? ""}`);
      if (isWordList && lines.length > first) lines[first] = lines[first].trim().replace(BULLET, "- ");
      if (!isWordList && (child.nodeName === "P" || /^H\d$/.test(child.nodeName)) && node.nodeName !== "LI") lines.push("");
    } else line += inline(child);
  }
  end();
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.nodeName)) return "";
  if (node.nodeName === "BR") return "\n";
  const words = [...node.childNodes].map(inline).join("");
  const weight = node.style?.fontWeight;
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : node.nodeName === "B" || node.nodeName === "STRONG";
  const [, before, said, after] = /^(\s*)([^]*?)(\s*)$/.exec(words);
  return isBold && said && !said.includes("**") ? `${before}**${said}**${after}` : words;
}
