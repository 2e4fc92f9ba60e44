// Hints in sentences.
using Sisote.Policy.Catalogues;

namespace Sisote.Consent.Review.Hints;

/// <summary>One sentence for each kind of hint: what was seen, never what it means.</summary>
internal static class HintWords
{
    /// <summary>Makes the sentence of a professional and some facts.</summary>
    public delegate LocalisedText Sentence(string person, IReadOnlyDictionary<string, string> facts);

    public static LocalisedText OwnData(string person, IReadOnlyDictionary<string, string> facts) =>
        Text($"Työntekijä {person} käsitteli omia tietojaan.", $"Arbetstagaren {person} behandlade sina egna uppgifter.", $"The professional {person} handled their own data.");

    public static LocalisedText OwnFamily(string person, IReadOnlyDictionary<string, string> facts) => Text(
        $"Asiakas on työntekijän {person} perheenjäsen, kuten työnantajalle on ilmoitettu.",
        $"Klienten är en familjemedlem till arbetstagaren {person}, enligt vad som meddelats arbetsgivaren.",
        $"The client is of the family of the professional {person}, as the employer was told.");

    public static LocalisedText SameSurname(string person, IReadOnlyDictionary<string, string> facts) =>
        Text($"Asiakkaalla ja työntekijällä {person} on sama sukunimi.", $"Klienten och arbetstagaren {person} har samma efternamn.", $"The client and the professional {person} have the same surname.");

    public static LocalisedText SameAddress(string person, IReadOnlyDictionary<string, string> facts) =>
        Text($"Asiakkaalla ja työntekijällä {person} on sama osoite.", $"Klienten och arbetstagaren {person} har samma adress.", $"The client and the professional {person} have the same address.");

    public static LocalisedText Watched(string person, IReadOnlyDictionary<string, string> facts) => Text(
        $"Tämän asiakkaan tietojen käsittelyä seurataan erikseen. Tietoja käsitteli {person}.",
        $"Behandlingen av denna klients uppgifter följs särskilt. Uppgifterna behandlades av {person}.",
        $"Looks at this client's data are watched. {person} handled the data.");

    public static LocalisedText OutsideHours(string person, IReadOnlyDictionary<string, string> facts)
    {
        var (at, from, until) = (facts["local-time"], facts["work-from"], facts["work-until"]);
        return facts["weekend"] == "yes"
            ? Text($"Työntekijä {person} käsitteli tietoja viikonloppuna {at}.", $"Arbetstagaren {person} behandlade uppgifter under veckoslutet {at}.", $"The professional {person} handled data at the weekend, {at}.")
            : Text(
                $"Työntekijä {person} käsitteli tietoja {at}, työajan {from}–{until} ulkopuolella.",
                $"Arbetstagaren {person} behandlade uppgifter {at}, utanför arbetstiden {from}–{until}.",
                $"The professional {person} handled data {at}, outside working hours {from} to {until}.");
    }

    public static LocalisedText ManyClients(string person, IReadOnlyDictionary<string, string> facts)
    {
        var (clients, minutes, threshold) = (facts["clients"], facts["minutes"], facts["threshold"]);
        return Text(
            $"Työntekijä {person} käsitteli {clients} eri asiakkaan tietoja {minutes} minuutin aikana; raja on {threshold}.",
            $"Arbetstagaren {person} behandlade uppgifter om {clients} olika klienter inom {minutes} minuter; gränsen är {threshold}.",
            $"The professional {person} handled data of {clients} different clients within {minutes} minutes; the threshold is {threshold}.");
    }

    public static LocalisedText NoRelation(string person, IReadOnlyDictionary<string, string> facts) => Text(
        $"Merkinnästä ei näy, että asiakassuhde olisi tarkistettu, eikä asiakkaan ja organisaation välille ole kirjattu suhdetta tuolle hetkelle. Tietoja käsitteli {person}.",
        $"Av anteckningen framgår inte att klientrelationen har kontrollerats, och ingen relation mellan klienten och organisationen är registrerad för den tidpunkten. Uppgifterna behandlades av {person}.",
        $"The entry does not show that a client relation was verified, and none between the client and the organisation is on record for that time. {person} handled the data.");

    private static LocalisedText Text(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };
}
