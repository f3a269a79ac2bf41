/** A company whose people are invited. The names are Microsoft's fictitious ones. */
export type Partner = {
  readonly name: string
  readonly domain: string
  /** ISO 3166-1 alpha-2. */
  readonly usageLocation: string
  readonly country: string
  readonly givenNames: readonly string[]
  readonly surnames: readonly string[]
}

function partner(name: string, domain: string, usageLocation: string, country: string, givenNames: string, surnames: string): Partner {
  return { name, domain, usageLocation, country, givenNames: givenNames.split(' '), surnames: surnames.split(' ') }
}

/** Twelve companies, eight given names and eight surnames each: 64 people before a name comes twice. */
export const partners: readonly Partner[] = [
  partner('Fabrikam', 'fabrikam.com', 'BR', 'Brazil', 'Ana João Mariana Luís Inês Caio Beatriz André', 'Souza Gonçalves Araújo Lima Conceição Brandão Prado Esteves'),
  partner('Tailspin Toys', 'tailspintoys.com', 'US', 'United States', 'Emily Marcus Olivia Tyrone Grace Logan Hannah Miles', 'Carter Nguyen Ramirez Whitfield Brooks Okafor Sandoval Pierce'),
  partner('Wingtip Toys', 'wingtiptoys.com', 'GB', 'United Kingdom', 'Imogen Callum Freya Rhys Niamh Alasdair Poppy Owain', 'Fairclough Llewellyn MacLeod Ashworth Pemberton Gallagher Sutcliffe Rhodes'),
  partner('Relecloud', 'relecloud.com', 'IN', 'India', 'Aarav Diya Rohan Ishita Kabir Meera Vikram Ananya', 'Sharma Iyer Mukherjee Patel Reddy Nair Chatterjee Kulkarni'),
  partner('Northwind Traders', 'northwindtraders.com', 'CA', 'Canada', 'Élodie Mathieu Noémie Cédric Amélie Gaëtan Chloé Benoît', 'Tremblay Bélanger Côté Lévesque Fréchette Gagné Pelletier Hébert'),
  partner('Adatum', 'adatum.com', 'DE', 'Germany', 'Jürgen Käthe Björn Anneliese Götz Rüdiger Sabine Ulrike', 'Müller Weiß Schäfer Köhler Großmann Jäger Böttcher Krüger'),
  partner('Litware', 'litwareinc.com', 'PL', 'Poland', 'Łukasz Małgorzata Paweł Agnieszka Michał Żaneta Grzegorz Zofia', 'Zieliński Wójcik Kamiński Dąbrowska Kozłowski Jabłońska Woźniak Szymańska'),
  partner('Proseware', 'proseware.com', 'ES', 'Spain', 'Jesús Begoña Iñaki Lucía Álvaro Rocío Martín Nuria', 'Núñez García Ibáñez Peña Muñoz Echeverría Zúñiga Cortés'),
  partner('Woodgrove Bank', 'woodgrovebank.com', 'CZ', 'Czechia', 'Jiří Jané Ondřej Tereza Šimon Markéta Vojtěch Zdeňka', 'Dvořák Novotná Černý Růžička Kučera Svobodová Říha Křížová'),
  partner('Trey Research', 'treyresearch.net', 'TR', 'Türkiye', 'Ayşe Mehmet Gülşen Çağlar İrem Ömer Şule Işıl', 'Yılmaz Öztürk Çelik Şahin Güneş Aydoğan Kılıç İnan'),
  partner('Lucerne Publishing', 'lucernepublishing.com', 'CH', 'Switzerland', 'Urs Regula Beat Vreni Reto Seraina Gian Mirjam', 'Bächtold Zürcher Ammann Künzli Caduff Rüegg Brügger Frei'),
  partner('Alpine Ski House', 'alpineskihouse.com', 'NO', 'Norway', 'Søren Åse Bjørn Sigrid Håkon Ingrid Øystein Marit', 'Ødegård Haugen Sørensen Lindqvist Bråten Ångström Kjærgaard Næss'),
]

/** The name in ASCII letters, as companies make mail addresses of it. */
export function romanize(name: string): string {
  const letters: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', æ: 'ae', ß: 'ss', ı: 'i', đ: 'd' }
  return name.toLowerCase().replaceAll(/[łøæßıđ]/g, (letter) => letters[letter] ?? letter).normalize('NFD').replaceAll(/[^a-z0-9.'+-]/g, '')
}
