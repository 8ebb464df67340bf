type XmlValue = string | number | boolean | undefined | XmlElement | XmlElement[];

/** What is in an element, by name: nothing for undefined, as many elements as there are in a list. */
export interface XmlElement {
  [name: string]: XmlValue;
}

export function xmlDocument(name: string, content: XmlElement, namespace = ''): string {
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${writeContent(content)}</${name}>`;
}

function writeContent(element: XmlElement): string {
  return Object.entries(element)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((item) => write(name, item)) : write(name, value)))
    .join('');
}

function write(name: string, value: Exclude<XmlValue, XmlElement[]>): string {
  if (value === undefined) {
    return '';
  }
  return `<${name}>${typeof value === 'object' ? writeContent(value) : escaped(String(value))}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters as S3 writes them, though not all XML parsers take them: that is what `encoding-type` is for. */
function escaped(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (found) => ENTITIES[found] ?? `&#x${found.charCodeAt(0).toString(16)};`);
}
