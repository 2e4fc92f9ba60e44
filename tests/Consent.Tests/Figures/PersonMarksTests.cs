// What in a text is taken for something about a person, and what is not.
using Sisote.Consent.Phenomena;

namespace Sisote.Tests.Consent.Figures;

public sealed class PersonMarksTests
{
    [Theory]
    [InlineData("Poissaolot lisääntyvät, 010190-999W kertoi", "identity-code:010190-999W")]
    [InlineData("Soittakaa 040 123 4567 niin kerron", "phone:040 123 4567")]
    [InlineData("Numero on +358401234567.", "phone:+358401234567")]
    [InlineData("Kirjoita osoitteeseen joku@example.fi", "mail:joku@example.fi")]
    [InlineData("Nuoret kokoontuvat osoitteessa kirkkokatu 12", "address:kirkkokatu 12")]
    [InlineData("Matti ei nuku.", "name:Matti")]
    [InlineData("Yläkoulussa Matin unettomuus on pahentunut", "name:Matin")]
    [InlineData("Luokalla Ainolla ja muilla on vaikeaa", "name:Ainolla")]
    [InlineData("Eilen Pekan kanssa puhuttiin", "name:Pekan")]
    [InlineData("Oppilas Virtanen valvoo", "name:Virtanen")]
    [InlineData("Koponen Tuulevi valvoo", "name:Tuulevi")]
    [InlineData("More insomnia, and Emma sleeps least", "name:Emma")]
    public void WhatReadsLikeAPersonIsMarkedAtItsPlace(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', PersonMarks.Find(text).Select(mark => $"{mark.Kind}:{text.Substring(mark.Start, mark.Length)}")));

    [Theory]
    [InlineData("Kertoi 010190\u2011999W eilen", "identity-code:010190\u2011999W")]
    [InlineData("Kertoi 010190\u2013999W eilen", "identity-code:010190\u2013999W")]
    [InlineData("Kertoi 010190\u2212999W eilen", "identity-code:010190\u2212999W")]
    [InlineData("Kertoi 0101 90-999W eilen", "identity-code:0101 90-999W")]
    [InlineData("Kertoi 010190-\n999W eilen", "identity-code:010190-\n999W")]
    [InlineData("Kertoi 0101\u00AD90-999W eilen", "identity-code:0101\u00AD90-999W")]
    [InlineData("Kertoi 010190\u200B-999W eilen", "identity-code:010190\u200B-999W")]
    [InlineData("Kertoi \uFF10\uFF11\uFF10\uFF11\uFF19\uFF10-\uFF19\uFF19\uFF19W eilen", "identity-code:\uFF10\uFF11\uFF10\uFF11\uFF19\uFF10-\uFF19\uFF19\uFF19W")]
    [InlineData("Kertoi hetu010190-999W eilen", "identity-code:010190-999W")]
    [InlineData("Soittakaa 040\u2011123\u20114567 niin", "phone:040\u2011123\u20114567")]
    [InlineData("Oppilas VIRTANEN valvoo", "name:VIRTANEN")]
    [InlineData("VIRTANEN valvoo", "name:VIRTANEN")]
    [InlineData("Eilen A\u0308ijälä valvoi", "name:A\u0308ijälä")]
    [InlineData("Ma\u00ADtti ei nuku.", "name:Ma\u00ADtti")]
    public void HoweverItIsWrittenItIsMarkedAtThePlaceWhereTheWriterWroteIt(string text, string expected) => WhatReadsLikeAPersonIsMarkedAtItsPlace(text, expected);

    [Theory]
    [InlineData("Kunnassa on 120 000 – 130 000 asukasta ja 1 500 koululaista.")]
    [InlineData("ADHD, NEET ja KELA näkyvät KUOPIOSSA. HYTE-työ jatkuu.")]
    [InlineData("Nuoria on 150 000 ja ryhmiä 25 — kasvua 2 %.")]
    public void NumbersWithSpacesAndAbbreviationsPass(string text) => Assert.Empty(PersonMarks.Find(text));

    [Theory]
    [InlineData("Unettomuus on lisääntynyt yhdeksäsluokkalaisilla. Puhelimet valvottavat.")]
    [InlineData("More insomnia in grade 9, mostly at weekends: phones at night.")]
    [InlineData("Kuopiossa ja Siilinjärvellä nuoret odottavat Ohjaamoon pääsyä 6 viikkoa.")]
    [InlineData("Kaikki 25 ryhmää ovat täynnä vuoteen 2027 asti.")]
    [InlineData("Sömnlösheten har ökat i årskurs 9 sedan hösten.")]
    public void APhenomenonWithoutPersonsPasses(string text) => Assert.Empty(PersonMarks.Find(text));
}
