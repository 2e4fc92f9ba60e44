// A whole catalogue on one page, for tests of the reader and of the tools that compare, analyse and explain.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

internal static class SmallCatalogue
{
    internal static readonly (string Name, string Text)[] Texts =
    [
        ("code-systems.yaml", """
            kinds:
              uri: https://example.org/kinds
            persons: {uri: "urn:oid:1.2.246.21"}
            """),
        ("sectors.yaml", """
            health: {fi: Terveys, sv: Hälsa, en: Health}
            sports: {fi: Liikunta, sv: Idrott, en: Sports}
            """),
        ("roles.yaml", """
            doctor: {sector: health, fi: Lääkäri, sv: Läkare, en: Doctor}
            coach: {sector: sports, fi: Valmentaja, sv: Tränare, en: Coach}
            aide: {sector: sports, fi: Avustaja, sv: Assistent, en: Aide}
            """),
        ("purposes.yaml", """
            care: {fi: Hoito, sv: Vård, en: Care}
            sports: {fi: Liikkuminen, sv: Motion, en: Exercise}
            """),
        ("consent-forms.yaml", """
            SECRECY:
              labels: {fi: Suostumus, sv: Samtycke, en: Consent}
              statute: 906/2019
              itemised: true
              signedIn: true
              written: false
              validity: purpose-or-date
            KIELTO:
              labels: {fi: Kielto, sv: Förbud, en: Bar}
              statute: 703/2023
              written: true
              narrows: SECRECY
              validity: until-revoked
            """),
        ("obligations.yaml", """
            tell: {fi: Kerro siitä., sv: Berätta om det., en: Tell about it.}
            keep: {fi: Säilytä se., sv: Bevara det., en: Keep it.}
            """),
        ("minors-policy.yaml", """
            health:
              labels: {fi: Terveydessä, sv: I hälsan, en: In health}
              assumedNotAbleBelow: 12
              decider: minor-if-capable-else-guardian
              basis:
                - {statute: 785/1992, section: 7 §, says: {fi: Kyvyn mukaan., sv: Enligt förmåga., en: By ability.}}
            school:
              labels: {fi: Koulussa, sv: I skolan, en: At school}
              capacityContext: health
              decider: guardian
              basis: {statute: 628/1998, section: 40 §, says: {fi: Huoltaja., sv: Vårdnadshavaren., en: The guardian.}}
            library:
              labels: {fi: Kirjastossa, sv: På biblioteket, en: At the library}
              decider: minor
              basis: {statute: 1492/2016, section: 1 §, says: {fi: Lapsi., sv: Barnet., en: The child.}}
            passport:
              labels: {fi: Passissa, sv: För pass, en: For a passport}
              decider: minor-and-guardian-unless-mature
              basis: {statute: 671/2006, section: 8 §, says: {fi: Yhdessä., sv: Tillsammans., en: Together.}}
            camp:
              labels: {fi: Leirillä, sv: På läger, en: At camp}
              decider: minor-or-guardian
              basis: {statute: 361/1983, section: 4 §, says: {fi: Jompikumpi., sv: Endera., en: Either.}}
            """),
        ("retention.yaml", """
            log:
              labels: {fi: Loki, sv: Logg, en: Log}
              years: 12
              appliesWhenEitherEndIs: [health]
              counted: from-event
              basis: 703/2023 26 §
              confidence: medium
              lawyerCheck: {fi: Tarkista., sv: Kontrollera., en: Check.}
            """),
        ("statutes.yaml", """
            "703/2023": {fi: asiakastietolaki, sv: kunduppgiftslagen, en: Client Data Act}
            """),
        ("conditions.yaml", """
            referred:
              labels: {fi: Lähete on, sv: Remiss finns, en: There is a referral}
              type: fact
              evaluatedFrom:
                - relationship: [referral, care]
                  between: requester
                  graceDays: 7
                  directions: [read, write]
                - agreement: on-behalf
            needed:
              labels: {fi: Tarvitaan, sv: Behövs, en: It is needed}
              type: attestation
              remarks: Written by the asker.
              evaluatedFrom:
                - statement: caller
            checked:
              labels: {fi: Tarkistettu, sv: Kontrollerat, en: It is checked}
              type: system-check
              evaluatedFrom: {statement: system}
            every:
              labels: {fi: Jokin näistä, sv: Något av dessa, en: Any of these}
              type: human
              evaluatedFrom:
                - {relationship: care, between: organisations}
                - {relationship: care, between: recipient}
                - {relationship: team, between: source, graceDays: 1}
                - {relationship: teaching, between: requester-professional}
                - {relationship: [case, enrolment], between: both-ends}
                - {statement: professional, directions: notify}
                - {channel: [standing-api, single-view, single-message, client-handover]}
                - {ageBelow: 18}
                - {ageAtLeast: 7}
                - {compulsoryEducation: continues}
                - {compulsoryEducation: ended}
                - {schoolForm: [basic, upper-secondary]}
                - {capacity: recorded}
                - {consentCovers: weight}
                - {consent: found}
                - {consent: not-asked}
                - {mask: applied}
                - {notCarried: name}
                - {organisations: same}
                - {roleScope: inside}
                - {requester: professional}
            """),
        ("code-lists/limits.yaml", """
            id: limits
            system: kinds
            codes:
              knee: {fi: Polvi, sv: Knä, en: Knee}
              back: {fi: Selkä, sv: Rygg, en: Back}
            """),
        ("items/weight.yaml", """
            id: weight
            labels: {fi: Paino, sv: Vikt, en: Weight}
            sector: health
            sensitivity: S2
            begins: referral
            fhir:
              - resource: Observation
                filters:
                  - {path: category, system: kinds, codes: [weight, mass]}
                elements: [code, valueQuantity.value]
                allowSecurityLabels: [R]
                codeBinding: limits
                maxTextLength: 200
            """),
        ("items/name.yaml", """
            id: name
            labels: {fi: Nimi, sv: Namn, en: Name}
            sector: any
            sensitivity: S1
            fhir:
              - resource: Patient
                elements: [name, identifier]
                identifierSystems: [persons]
            basis: {statute: 1050/2018, section: 29 §, says: {fi: Nimi., sv: Namnet., en: The name.}}
            lawyerCheck: {fi: Kenelle?, sv: Till vem?, en: To whom?}
            """),
        ("rules/R-1.yaml", """
            id: R-1
            priority: core
            title: {fi: Valmentaja lukee, sv: Tränaren läser, en: The coach reads}
            effect: permit
            pairs:
              - from: {sector: health, roles: [doctor]}
                to: {sector: sports, roles: [coach]}
                items: [weight]
                conditions: [needed]
              - from: {sector: health, roles: [doctor]}
                to: {sector: sports, roles: [aide]}
                items: [name]
                purpose: care
                effect: oblige
            purpose: sports
            direction: read
            items: [weight, name]
            basis:
              - statute: 703/2023
                section: 6 §
                says: {fi: Saa lukea., sv: Får läsa., en: May read.}
                validFrom: 2024-01-01
                validTo: 2030-12-31
            consents:
              - {form: SECRECY, minors: health}
            conditions: [referred]
            obligations: [tell]
            validFrom: 2025-01-01
            validTo: 2029-12-31
            confidence: medium
            lawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}
            """),
        ("rules/R-2.yaml", """
            id: R-2
            priority: extended
            title: {fi: Kaikki kaikille, sv: Allt till alla, en: All to all}
            effect: oblige
            pairs: {from: {sector: any}, to: {sector: any}}
            direction: notify
            items: "*"
            basis: {statute: 906/2019, section: 22 §, says: {fi: "Se on \"auki\" \\ .", sv: Öppet., en: Open.}}
            statutoryNotification: true
            enabled: false
            confidence: high
            """),
        ("prohibitions/P-1.yaml", """
            id: P-1
            title: {fi: Paino pysyy, sv: Vikten stannar, en: The weight stays}
            items: [weight]
            onlySectors: [health]
            onlyRecipients: {sector: sports, roles: [coach]}
            toRoles: [aide]
            toActors: [club]
            onlyPurposes: [care]
            channels: [standing-api, single-view, single-message, client-handover]
            onRules: [R-1]
            documentLabels: [ETHUD]
            unless: [referred]
            obligations: [keep]
            strength: law
            basis: {statute: 703/2023, section: 4 §, says: {fi: Pysyy., sv: Stannar., en: Stays.}}
            confidence: high
            """),
        ("prohibitions/P-2.yaml", """
            id: P-2
            title: {fi: Nimi peitetään, sv: Namnet döljs, en: The name is masked}
            items: "*"
            exceptItems: [weight]
            toSectors: [sports]
            when: [safety-prohibition, guardian-safety-prohibition, guardian-barred, capacity-unknown, of-age, deceased]
            mask: [Patient.name]
            reason: turvakielto
            strength: policy
            basis: {statute: 661/2009, section: 36 §, says: {fi: Turvakielto., sv: Spärrmarkering., en: Safety bar.}}
            confidence: low
            remarks: Names are masked.
            """),
        ("prohibitions/P-3.yaml", """
            id: P-3
            title: {fi: Huoltajalta suljettu, sv: Stängt för vårdnadshavaren, en: Closed to the guardian}
            items: name
            when: [guardian-barred]
            toRoles: [aide]
            onlyPurposes: [care]
            reason: guardian
            strength: law
            basis: {statute: 785/1992, section: 9 §, says: {fi: Nuori kieltää., sv: Den unga förbjuder., en: The minor forbids.}}
            confidence: medium
            """),
        ("prohibitions/P-4.yaml", """
            id: P-4
            title: {fi: Ei valmentajalle, sv: Inte till tränaren, en: Not to the coach}
            items: [name]
            toRoles: [coach]
            reason: never-rule
            strength: law
            basis: {statute: 703/2023, section: 4 §, says: {fi: Ei., sv: Nej., en: No.}}
            confidence: high
            tellFrom: {sector: health, roles: [doctor]}
            tellTo: {sector: sports, roles: [coach]}
            """),
        ("rules/R-3.yaml", """
            id: R-3
            priority: core
            title: {fi: Valmentaja kirjaa, sv: Tränaren antecknar, en: The coach writes}
            effect: permit
            pairs:
              - from:
                  - {sector: sports, roles: [coach, aide]}
                to: {sector: health, roles: [doctor]}
                confidence: low
                lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}
            purpose: sports
            direction: write
            items: [weight]
            basis:
              - {statute: 703/2023, section: 6 §, says: {fi: Saa kirjata., sv: Får anteckna., en: May write.}, validTo: 2026-05-31}
              - {statute: 906/2019, section: 22 §, says: {fi: Saa., sv: Får., en: May.}, validFrom: 2026-07-01}
            consents:
              - {form: SECRECY, objectable: true, itemised: true}
            conditions: [checked]
            obligations: [tell, keep]
            validFrom: 2025-01-01
            confidence: high
            case: {fi: paino muuttui, sv: vikten ändrades, en: the weight changed}
            seeTo: {fi: Punnitse., sv: Väg., en: Weigh.}
            """),
    ];

    internal static LegalCatalogue Read() => Catalogues.Load(CatalogueReader.Read(Texts));
    internal static LegalCatalogue With(string file, string good, string bad) => Catalogues.Load(CatalogueReader.Read(EditedCatalogue.Texts(Texts, file, good, bad)));
    /// <summary>The catalogue with one file written in full, or left out where there is no text.</summary>
    internal static (string Name, string Text)[] Replacing(string file, string? text) =>
        [.. Texts.Where(entry => entry.Name != file), .. text is null ? Array.Empty<(string, string)>() : [(file, text)]];
}
