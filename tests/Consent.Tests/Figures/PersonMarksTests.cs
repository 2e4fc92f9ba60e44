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
    [InlineData("Unettomuus on lisääntynyt yhdeksäsluokkalaisilla. Puhelimet valvottavat.")]
    [InlineData("More insomnia in grade 9, mostly at weekends: phones at night.")]
    [InlineData("Kuopiossa ja Siilinjärvellä nuoret odottavat Ohjaamoon pääsyä 6 viikkoa.")]
    [InlineData("Kaikki 25 ryhmää ovat täynnä vuoteen 2027 asti.")]
    [InlineData("Sömnlösheten har ökat i årskurs 9 sedan hösten.")]
    public void APhenomenonWithoutPersonsPasses(string text) => Assert.Empty(PersonMarks.Find(text));
}
