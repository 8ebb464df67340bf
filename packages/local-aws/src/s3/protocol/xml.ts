type XmlValue = string | number | boolean | undefined | XmlElement | XmlElement[];

/** Content of an element by name. An undefined value is omitted, and a list becomes one element per item. */
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
  return `<${name}>${typeof value === 'object' ? writeContent(value) : escapeText(String(value))}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Escapes text as S3 does.
 *
 * Not all XML parsers accept the escaped control characters, for which `encoding-type` exists.
 */
function escapeText(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (found) => ENTITIES[found] ?? `&#x${found.charCodeAt(0).toString(16)};`);
}
