// Every fault that the reader of the catalogue can find, with its file, its line and its whole sentence.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy.Reading;

public sealed class CatalogueFaultTests
{
    private const string NotACode = "is not a code: use 1 to 64 letters, digits, '-', '_' or '.'.";
    private const string Sources = "A source names exactly one of ageAtLeast, ageBelow, agreement, capacity, channel, compulsoryEducation, consent, consentCovers, decision, mask, notCarried, organisations, relationship, requester, roleScope, schoolForm, statement.";

    public static TheoryData<string, string, string, string> ItemFaults => new()
    {
        { "items/weight.yaml", "id: weight\n", "", "conditions.yaml(37): Item `weight` is not defined. There are: name.|(1): `id` is missing.|prohibitions/P-1.yaml(3): Item `weight` is not defined. There are: name.|prohibitions/P-2.yaml(4): Item `weight` is not defined. There are: name.|rules/R-1.yaml(17): Item `weight` is not defined. There are: name.|rules/R-1.yaml(8): Item `weight` is not defined. There are: name.|rules/R-3.yaml(13): Item `weight` is not defined. There are: name." },
        { "items/weight.yaml", "id: weight", "id: weight\ncolour: red", "(2): Unknown key `colour`." },
        { "items/weight.yaml", "id: weight", "id: weight\nremarks: Weighed.", "" },
        { "items/weight.yaml", "id: weight", "id: weight\nremarks: [Weighed]", "(2): `remarks` must be a text." },
        { "items/weight.yaml", "sector: health", "sector: healht", "(3): Sector `healht` is not defined. Did you mean `health`?" },
        { "items/weight.yaml", "sector: health", "sector: \"a b\"", "(3): Sector `a b` is not defined. There are: health, sports." },
        { "items/weight.yaml", "sector: health\n", "", "(1): `sector` is missing." },
        { "items/weight.yaml", "sensitivity: S2", "sensitivity: S5", "(4): `sensitivity` is `S5`, must be one of S0, S1, S2, S3, S4." },
        { "items/weight.yaml", "sensitivity: S2", "sensitivity:", "(4): `sensitivity` must be a text." },
        { "items/weight.yaml", "begins: referral", "begins: \"  \"", "(5): `begins` must be a text." },
        { "items/weight.yaml", "resource: Observation", "resource: observation", "(7): `observation` is not a FHIR resource type." },
        { "items/weight.yaml", "resource: Observation", "resource: Observation2", "(7): `Observation2` is not a FHIR resource type." },
        { "items/weight.yaml", "resource: Observation", "resource: {}", "(7): `resource` must be a text." },
        { "items/weight.yaml", "elements: [code, valueQuantity.value]", "elements: []", "(7): `elements` must name at least one element." },
        { "items/weight.yaml", "elements: [code, ", "elements: [code.,\n      code, code, ", "(10): `code.` is not an element path: names of FHIR elements joined by dots, such as activity.detail.status.|(11): `elements` names `code` twice." },
        { "items/weight.yaml", "elements: [code, ", "elements: [Code,\n      {a: b}, ", "(10): `Code` is not an element path: names of FHIR elements joined by dots, such as activity.detail.status.|(11): `elements` must be a list of texts." },
        { "items/weight.yaml", "elements: [code, ", "elements: [\"  \", ", "(10): `elements` must be a list of texts." },
        { "items/weight.yaml", "elements: [code, valueQuantity.value]", "elements: {code: true}", "(10): `elements` must be a list of texts.|(7): `elements` must name at least one element." },
        { "items/weight.yaml", "codeBinding: limits", "codeBinding: limit", "(12): Code list `limit` is not defined. Did you mean `limits`?" },
        { "items/weight.yaml", "maxTextLength: 200", "maxTextLength: -1", "(13): `maxTextLength` must be a whole number." },
        { "items/weight.yaml", "maxTextLength: 200", "maxTextLength: long", "(13): `maxTextLength` must be a whole number." },
        { "items/weight.yaml", "maxTextLength: 200", "minTextLength: 2", "(13): Unknown key `minTextLength`." },
        { "items/weight.yaml", "path: category, ", "path: category/, ", "(9): `category/` is not an element path: names of FHIR elements joined by dots, such as activity.detail.status." },
        { "items/weight.yaml", "path: category, ", "", "(9): `path` is missing." },
        { "items/weight.yaml", "system: kinds, ", "", "(9): `system` is missing." },
        { "items/weight.yaml", "system: kinds, ", "system: sorts, ", "(9): Code system `sorts` is not defined." },
        { "items/weight.yaml", ", codes: [weight, mass]", ", codes: [], code: weight", "(9): `codes` must name at least one code.|(9): Unknown key `code`." },
        { "items/name.yaml", "    identifierSystems: [persons]", "", "(6): `identifier` of a Patient leaves only with `identifierSystems`." },
        { "items/name.yaml", "[persons]", "[people]", "(8): Code system `people` is not defined." },
        { "items/name.yaml", "fhir:", "fhir: text\nshapes:", "(5): `fhir` must be a list of mappings.|(1): `fhir` must hold at least one selector.|(6): Unknown key `shapes`." },
        { "items/name.yaml", "fhir:\n", "fhir:\n  - text\n", "(6): `fhir` must be a list of mappings." },
        { "items/name.yaml", "labels: {fi: Nimi, sv: Namn, en: Name}", "labels: {fi: Nimi, sv: Namn, de: Name}", "(2): `en` is missing.|(2): Unknown key `de`." },
        { "items/name.yaml", "labels: {fi: Nimi, sv: Namn, en: Name}", "labels: Name", "(2): `labels` must be a mapping." },
        { "items/name.yaml", "labels: {fi: Nimi, sv: Namn, en: Name}\n", "", "(1): `labels` is missing; it needs fi, sv and en." },
        { "items/name.yaml", "id: name", "id: na me", $"(1): `na me` {NotACode}|conditions.yaml(41): Item `name` is not defined. There are: weight.|prohibitions/P-3.yaml(3): Item `name` is not defined. There are: weight.|prohibitions/P-4.yaml(3): Item `name` is not defined. There are: weight.|rules/R-1.yaml(12): Item `name` is not defined. There are: weight.|rules/R-1.yaml(17): Item `name` is not defined. There are: weight." },
    };

    public static TheoryData<string, string, string, string> RuleFaults => new()
    {
        { "rules/R-1.yaml", "priority: core", "priority: first", "(2): `priority` is `first`, must be one of core, extended." },
        { "rules/R-1.yaml", "priority: core", "priority: extended\nremarks: A remark.", "" },
        { "rules/R-1.yaml", "effect: permit", "effect: allow", "(4): `effect` is `allow`, must be one of permit, oblige, entitle, ask-consent." },
        { "rules/R-1.yaml", "effect: permit\n", "", "(1): `effect` is missing." },
        { "rules/R-1.yaml", "    effect: oblige", "    effect: must", "(14): `effect` is `must`, must be one of permit, oblige, entitle, ask-consent." },
        { "rules/R-1.yaml", "roles: [doctor]", "roles: []", "(6): `roles` must name at least one role." },
        { "rules/R-1.yaml", "roles: [doctor]", "roles: [doctor,\n      coach, coach]", "(7): Role `coach` belongs to sector `sports`, not to `health`.|(7): `roles` names `coach` twice." },
        { "rules/R-1.yaml", "roles: [doctor]", "roles: [doctr, \"a b\"]", $"(6): Role `doctr` is not defined. Did you mean `doctor`?|(6): `a b` {NotACode}" },
        { "rules/R-1.yaml", "{sector: health, roles: [doctor]}", "{sector: any, roles: [doctor]}", "(6): Only a rule without a purpose may name any sector.|(6): Unknown key `roles`." },
        { "rules/R-1.yaml", "to: {sector: sports, roles: [coach]}", "to: {sector: any}", "(6): Only a rule without a purpose may name any sector." },
        { "rules/R-1.yaml", "{sector: health, roles: [doctor]}", "{roles: [doctor]}", "(6): `sector` is missing." },
        { "rules/R-1.yaml", "{sector: health, roles: [doctor]}", "{sector: health, roles: [doctor], name: x}", "(6): Unknown key `name`." },
        { "rules/R-1.yaml", "    to: {sector: sports, roles: [coach]}\n", "", "(6): A pair needs `from` and `to`." },
        { "rules/R-1.yaml", "  - from: {sector: health, roles: [doctor]}\n    to: {sector: sports, roles: [coach]}", "  - to: {sector: sports, roles: [coach]}\n    why: x", "(6): A pair needs `from` and `to`.|(7): Unknown key `why`." },
        { "rules/R-1.yaml", "    items: [weight]", "    items: [weight, name, height]", "(8): The pair names `height`, which the rule does not carry.|(8): Item `height` is not defined. Did you mean `weight`?" },
        { "rules/R-1.yaml", "    conditions: [needed]", "    conditions: [wanted]", "(9): Condition `wanted` is not defined. There are: checked, every, needed, referred." },
        { "rules/R-1.yaml", "    purpose: care", "    purpose: cure", "(13): Purpose `cure` is not defined. Did you mean `care`?" },
        { "rules/R-1.yaml", "\npurpose: sports", "\npurpose: sprots", "(15): Purpose `sprots` is not defined. Did you mean `sports`?" },
        { "rules/R-1.yaml", "direction: read", "direction: reed", "(16): `direction` is `reed`, must be one of read, write, notify." },
        { "rules/R-1.yaml", "\nitems: [weight, name]", "\nitems: [name,\n  weight, name]", "(18): `items` names `name` twice." },
        { "rules/R-1.yaml", "\nitems: [weight, name]", "\nitems: []", "(1): `items` must name at least one data item.|(8): The pair names `weight`, which the rule does not carry.|(12): The pair names `name`, which the rule does not carry." },
        { "rules/R-1.yaml", "statute: 703/2023", "statute: 703/2023 6 §", "(19): `703/2023 6 §` is not a statute number like 703/2023." },
        { "rules/R-1.yaml", "statute: 703/2023", "statute: No 703/2023", "(19): `No 703/2023` is not a statute number like 703/2023." },
        { "rules/R-1.yaml", "- statute: 703/2023\n    section", "- section", "(19): `statute` is missing." },
        { "rules/R-1.yaml", "    section: 6 §\n", "", "(19): `section` is missing." },
        { "rules/R-1.yaml", "    validFrom: 2024-01-01", "    validFrom: 2031-01-01", "(23): `validTo` lies before `validFrom`." },
        { "rules/R-1.yaml", "    validFrom: 2024-01-01", "    validFrom: 2030-12-31", "" },
        { "rules/R-1.yaml", "    validFrom: 2024-01-01", "    from: 2024-01-01", "(22): Unknown key `from`." },
        { "rules/R-1.yaml", "    validTo: 2030-12-31", "    validTo: 31.12.2030", "(23): `validTo` must be a date like 2026-08-01." },
        { "rules/R-1.yaml", "basis:", "remarks:", "(1): `basis` is missing: nothing leaves without a named statute.|(19): `remarks` must be a text." },
        { "rules/R-1.yaml", "form: SECRECY", "form: KIELTO", "(25): Consent form `KIELTO` can only close; no rule can ask for it." },
        { "rules/R-1.yaml", "form: SECRECY", "from: SECRECY", "(25): `form` is missing.|(25): Unknown key `from`." },
        { "rules/R-1.yaml", "minors: health", "minors: helth", "(25): Minors' policy context `helth` is not defined. Did you mean `health`?" },
        { "rules/R-1.yaml", "minors: health", "minors: health, objectable: yes, itemised: no", "(25): `itemised` must be true or false.|(25): `objectable` must be true or false." },
        { "rules/R-1.yaml", "minors: health", "minors: health, objectable: true, itemised: false", "" },
        { "rules/R-1.yaml", "\nconditions: [referred]", "\nconditions: {referred: true}", "(26): `conditions` must be a list of texts." },
        { "rules/R-1.yaml", "obligations: [tell]", "obligations: [\n  tel]", "(28): Obligation `tel` is not defined. Did you mean `tell`?" },
        { "rules/R-1.yaml", "\nvalidFrom: 2025-01-01", "\nvalidFrom: 2029-12-31", "" },
        { "rules/R-1.yaml", "\nvalidFrom: 2025-01-01", "\nvalidFrom: 2030-01-01", "(29): `validTo` lies before `validFrom`." },
        { "rules/R-1.yaml", "confidence: medium", "confidence: sure", "(30): `confidence` is `sure`, must be one of high, medium, low." },
        { "rules/R-1.yaml", "lawyerCheck:", "remarks:", "(30): A rule of medium or low confidence must say in `lawyerCheck` what a lawyer checks.|(31): `remarks` must be a text." },
        { "rules/R-1.yaml", "confidence: medium\nlawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", "confidence: low", "(30): A rule of medium or low confidence must say in `lawyerCheck` what a lawyer checks." },
        { "rules/R-1.yaml", "confidence: medium\nlawyerCheck: {fi: Riittääkö?, sv: Räcker det?, en: Is it enough?}", "confidence: high", "" },
        { "rules/R-3.yaml", "    lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}\n", "", "(9): A pair of medium or low confidence must say in `lawyerCheck` what a lawyer checks." },
        { "rules/R-3.yaml", "low\n    lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}\n", "medium\n", "(9): A pair of medium or low confidence must say in `lawyerCheck` what a lawyer checks." },
        { "rules/R-3.yaml", "low\n    lawyerCheck: {fi: Kuka?, sv: Vem?, en: Who?}\n", "high\n", "" },
        { "rules/R-1.yaml", "consents:", "statutoryNotification: true\nconsents:", "(26): A statutory notification asks for no consent." },
        { "rules/R-1.yaml", "pairs:", "remarks:", "(1): `pairs` must name at least one sender and recipient.|(6): `remarks` must be a text." },
        { "rules/R-2.yaml", "enabled: false", "enabled: maybe", "(10): `enabled` must be true or false." },
        { "rules/R-2.yaml", "enabled: false", "enabled: true\ncolour: red", "(11): Unknown key `colour`." },
        { "rules/R-2.yaml", "id: R-2\npriority: extended", "priority: extended\nid: R-1", "(2): Rule `R-1` is already defined in rules/R-1.yaml(1).|(1): The file must be named after its id `R-1`." },
        { "rules/R-1.yaml", "statute: 703/2023\n    section: 6 §", "section: 6 §\n    statute: law", "(20): `law` is not a statute number like 703/2023." },
        { "rules/R-1.yaml", "- {form: SECRECY, minors: health}", "- minors: health\n    form: KIELTO", "(26): Consent form `KIELTO` can only close; no rule can ask for it." },
        { "rules/R-1.yaml", "- {form: SECRECY, minors: health}", "- form: SECRECY\n    minors: helth", "(26): Minors' policy context `helth` is not defined. Did you mean `health`?" },
        { "rules/R-2.yaml", "id: R-2", "id: R-1", "(1): Rule `R-1` is already defined in rules/R-1.yaml(1).|(1): The file must be named after its id `R-1`." },
    };

    public static TheoryData<string, string, string, string> ProhibitionFaults => new()
    {
        { "prohibitions/P-1.yaml", "items: [weight]\n", "", "(1): `items` must name the items it closes, or \"*\"." },
        { "prohibitions/P-1.yaml", "items: [weight]", "items: [weight, \"*\"]", $"(3): `*` {NotACode}" },
        { "prohibitions/P-1.yaml", "[health]", "[helth]", "(4): Sector `helth` is not defined. Did you mean `health`?" },
        { "prohibitions/P-1.yaml", "roles: [coach]", "roles: [doctor]", "(5): Role `doctor` belongs to sector `health`, not to `sports`." },
        { "prohibitions/P-1.yaml", "toRoles: [aide]", "toRoles: [maid]", "(6): Role `maid` is not defined. There are: aide, coach, doctor." },
        { "prohibitions/P-1.yaml", "[club]", "[[club]]", "(7): `toActors` must be a list of texts." },
        { "prohibitions/P-1.yaml", "onlyPurposes: [care]", "onlyPurposes: [cares]", "(8): Purpose `cares` is not defined. Did you mean `care`?" },
        { "prohibitions/P-1.yaml", "standing-api", "pigeon", "(9): Unknown channel `pigeon`." },
        { "prohibitions/P-1.yaml", "onRules: [R-1]", "onRules: [R-9]", "(10): Rule `R-9` is not defined. Did you mean `R-1`?" },
        { "prohibitions/P-1.yaml", "unless: [referred]", "unless: [refered]", "(12): Condition `refered` is not defined. Did you mean `referred`?" },
        { "prohibitions/P-1.yaml", "obligations: [keep]", "obligations: [keeps]", "(13): Obligation `keeps` is not defined. Did you mean `keep`?" },
        { "prohibitions/P-1.yaml", "strength: law", "strength: iron", "(14): `strength` is `iron`, must be one of law, policy." },
        { "prohibitions/P-1.yaml", "basis: {statute: 703/2023, section: 4 §, says: {fi: Pysyy., sv: Stannar., en: Stays.}}\n", "", "(1): `basis` is missing: nothing leaves without a named statute." },
        { "prohibitions/P-1.yaml", "confidence: high", "confidence: highest", "(16): `confidence` is `highest`, must be one of high, medium, low." },
        { "prohibitions/P-1.yaml", "confidence: high", "confidence: high\nweight: 1", "(17): Unknown key `weight`." },
        { "prohibitions/P-4.yaml", "id: P-4\ntitle: {fi: Ei valmentajalle, sv: Inte till tränaren, en: Not to the coach}", "title: {fi: a, sv: b, en: c}\nid: P-3", "(2): Prohibition `P-3` is already defined in prohibitions/P-3.yaml(1).|(1): The file must be named after its id `P-3`." },
        { "prohibitions/P-1.yaml", "id: P-1", "id: P-2", "(1): The file must be named after its id `P-2`.|prohibitions/P-2.yaml(1): Prohibition `P-2` is already defined in prohibitions/P-1.yaml(1)." },
        { "prohibitions/P-2.yaml", "deceased", "dead", "(6): Unknown fact `dead`." },
        { "prohibitions/P-2.yaml", "Patient.name", "Patient", "(7): `Patient` is not an element with its type, such as Patient.address." },
        { "prohibitions/P-2.yaml", "Patient.name", "patient.name", "(7): `patient.name` is not an element with its type, such as Patient.address." },
        { "prohibitions/P-2.yaml", "reason: turvakielto", "reason: fear", "(8): `reason` is `fear`, must be one of never-rule, turvakielto, guardian." },
        { "prohibitions/P-2.yaml", "exceptItems: [weight]", "exceptItems: [wieght]", "(4): Item `wieght` is not defined. Did you mean `weight`?" },
        { "prohibitions/P-2.yaml", "toSectors: [sports]", "toSectors: [sport]", "(5): Sector `sport` is not defined. Did you mean `sports`?" },
        { "prohibitions/P-2.yaml", "remarks: Names are masked.", "remarks: {a: b}", "(12): `remarks` must be a text." },
    };

    public static TheoryData<string, string, string, string> VocabularyFaults => new()
    {
        { "code-systems.yaml", "  uri: https://example.org/kinds", "  url: https://example.org/kinds", "(2): `uri` is missing.|(2): Unknown key `url`." },
        { "code-systems.yaml", "kinds:", "ki nds:", $"(1): `ki nds` {NotACode}|code-lists/limits.yaml(2): Code system `kinds` is not defined.|items/weight.yaml(9): Code system `kinds` is not defined." },
        { "sectors.yaml", "en: Sports}", "en: Sports, is: Leikar}", "(2): Unknown key `is`." },
        { "sectors.yaml", "health: {fi: Terveys, sv: Hälsa, en: Health}", "health: {fi: Terveys, sv: Hälsa, en: Health}\nhome: Home", "(2): `home` must be a mapping." },
        { "sectors.yaml", "health: {fi: Terveys, sv: Hälsa, en: Health}", "health: {fi: Terveys, sv: Hälsa, en: Health}\n[a, b]: Home", $"(2): `` {NotACode}" },
        { "roles.yaml", "aide: {sector: sports,", "aide: {sector: sport,", "(3): Sector `sport` is not defined. Did you mean `sports`?" },
        { "roles.yaml", "aide: {sector: sports,", "aide: {", "(3): `sector` is missing." },
        { "purposes.yaml", "sv: Motion, ", "", "(2): `sv` is missing." },
        { "consent-forms.yaml", "itemised: true", "itemised: perhaps", "(4): `itemised` must be true or false." },
        { "consent-forms.yaml", "signedIn: true", "signedIn: perhaps", "(5): `signedIn` must be true or false." },
        { "consent-forms.yaml", "signedIn: true", "recorded: [spoken]", "(5): `recorded` names `spoken`, must be one of paper, oral, assisted, mirrored." },
        { "consent-forms.yaml", "signedIn: true", "recorded: [signed-in]", "(5): `recorded` names `signed-in`, must be one of paper, oral, assisted, mirrored." },
        { "consent-forms.yaml", "written: true", "written: true\n  recorded: [paper, oral]", "(12): `recorded` names `oral`, but the form must be in writing." },
        { "consent-forms.yaml", "written: false", "written: [false]", "(6): `written` must be a text." },
        { "consent-forms.yaml", "  statute: 906/2019\n", "", "(2): `statute` is missing." },
        { "consent-forms.yaml", "validity: purpose-or-date", "validity: forever", "(7): `validity` is `forever`, must be one of until-revoked, purpose-or-date, case, single-use, service-period." },
        { "consent-forms.yaml", "narrows: SECRECY", "narrows: SECRETS", "(12): Consent form `SECRETS` is not defined. There are: KIELTO, SECRECY." },
        { "consent-forms.yaml", "narrows: SECRECY", "widens: SECRECY", "(12): Unknown key `widens`." },
        { "obligations.yaml", "fi: Säilytä se., ", "", "(2): `fi` is missing." },
        { "minors-policy.yaml", "assumedNotAbleBelow: 12", "assumedNotAbleBelow: twelve", "(3): `assumedNotAbleBelow` must be a whole number." },
        { "minors-policy.yaml", "decider: guardian", "decider: teacher", "(10): `decider` is `teacher`, must be one of minor, minor-if-capable-else-guardian, minor-and-guardian-unless-mature, minor-or-guardian, guardian." },
        { "minors-policy.yaml", "  capacityContext: health", "  capacityContext: [health]", "(9): `capacityContext` must be a text." },
        { "minors-policy.yaml", "basis: {statute", "bases: {statute", "(8): `basis` is missing: nothing leaves without a named statute.|(11): Unknown key `bases`." },
        { "retention.yaml", "  years: 12\n", "", "(2): `years` is missing." },
        { "retention.yaml", "years: 12", "years: a dozen", "(3): `years` must be a whole number." },
        { "retention.yaml", "[health]", "[healthy]", "(4): Sector `healthy` is not defined. Did you mean `health`?" },
        { "retention.yaml", "counted: from-event", "counted: from-now", "(5): `counted` is `from-now`, must be one of from-event, after-death, from-retirement." },
        { "retention.yaml", "  basis: 703/2023 26 §\n", "", "(2): `basis` is missing." },
        { "retention.yaml", "confidence: medium", "confidence: middling", "(7): `confidence` is `middling`, must be one of high, medium, low." },
        { "retention.yaml", "sv: Kontrollera., ", "", "(8): `sv` is missing." },
        { "statutes.yaml", "\"703/2023\"", "seven", "(1): `seven` is not a statute number like 703/2023." },
        { "statutes.yaml", "en: Client Data Act", "no: Client Data Act", "(1): `en` is missing.|(1): Unknown key `no`." },
        { "code-lists/limits.yaml", "id: limits\n", "", "(1): `id` is missing.|items/weight.yaml(12): Code list `limits` is not defined." },
        { "code-lists/limits.yaml", "system: kinds\n", "", "(1): `system` is missing." },
        { "code-lists/limits.yaml", "system: kinds", "system: kind", "(2): Code system `kind` is not defined." },
        { "code-lists/limits.yaml", "codes:", "remarks:", "(1): `codes` must hold at least one code.|(4): `remarks` must be a text." },
        { "code-lists/limits.yaml", "codes:", "name: x\ncodes:", "(3): Unknown key `name`." },
        { "code-lists/limits.yaml", "en: Knee", "en: ''", "(4): `en` must be a text." },
    };

    public static TheoryData<string, string, string, string> ConditionFaults => new()
    {
        { "conditions.yaml", "type: fact", "type: rumour", "(3): `type` is `rumour`, must be one of fact, attestation, system-check, human." },
        { "conditions.yaml", "labels: {fi: Lähete on, ", "labels: {", "(2): `fi` is missing." },
        { "conditions.yaml", "type: fact", "type: fact\n  kind: x", "(4): Unknown key `kind`." },
        { "conditions.yaml", "needed:", "ne/eded:", $"(10): `ne/eded` {NotACode}|rules/R-1.yaml(9): Condition `needed` is not defined. There are: checked, every, referred." },
        { "conditions.yaml", "- agreement: on-behalf", "- contract: on-behalf", $"(9): {Sources}" },
        { "conditions.yaml", "- agreement: on-behalf", "- agreement: on-behalf\n      statement: caller", $"(9): {Sources}" },
        { "conditions.yaml", "- agreement: on-behalf", "- agreement: on-behalf\n      witness: x", "(10): Unknown key `witness`." },
        { "conditions.yaml", "between: requester", "between: friends", "(6): `between` is `friends`, must be one of organisations, requester, recipient, source, requester-professional, both-ends." },
        { "conditions.yaml", "graceDays: 7", "graceDays: week", "(7): `graceDays` must be a whole number." },
        { "conditions.yaml", "directions: [read, write]", "directions: [read, wright, reed]", "(8): Unknown direction `reed`.|(8): Unknown direction `wright`." },
        { "conditions.yaml", "statement: caller", "statement: nobody", "(15): `statement` is `nobody`, must be one of caller, system, professional." },
        { "conditions.yaml", "statement: caller", "channel: [pigeon]", "(15): Unknown channel `pigeon`." },
        { "conditions.yaml", "statement: caller", "ageBelow: old", "(15): `ageBelow` must be a whole number." },
        { "conditions.yaml", "statement: caller", "ageAtLeast: old", "(15): `ageAtLeast` must be a whole number." },
        { "conditions.yaml", "statement: caller", "compulsoryEducation: maybe", "(15): `compulsoryEducation` is `maybe`, must be one of continues, ended." },
        { "conditions.yaml", "statement: caller", "schoolForm: {a: b}", "(15): `schoolForm` must be a list of texts." },
        { "conditions.yaml", "statement: caller", "capacity: guessed", "(15): `capacity` is `guessed`, must be one of recorded." },
        { "conditions.yaml", "statement: caller", "consentCovers: height", "(15): Item `height` is not defined. Did you mean `weight`?" },
        { "conditions.yaml", "statement: caller", "consent: given", "(15): `consent` is `given`, must be one of found, not-asked." },
        { "conditions.yaml", "statement: caller", "mask: worn", "(15): `mask` is `worn`, must be one of applied." },
        { "conditions.yaml", "statement: caller", "notCarried: height", "(15): Item `height` is not defined. Did you mean `weight`?" },
        { "conditions.yaml", "statement: caller", "organisations: other", "(15): `organisations` is `other`, must be one of same." },
        { "conditions.yaml", "statement: caller", "roleScope: outside", "(15): `roleScope` is `outside`, must be one of inside." },
        { "conditions.yaml", "statement: caller", "requester: amateur", "(15): `requester` is `amateur`, must be one of professional." },
        { "conditions.yaml", "evaluatedFrom: {statement: system}", "evaluatedFrom: system", "(19): `evaluatedFrom` must be a list of mappings." },
        { "conditions.yaml", "remarks: Written by the asker.", "remarks: []", "(13): `remarks` must be a text." },
    };

    public static TheoryData<string, string, string> YamlFaults => new()
    {
        { "{fi: Liikunta", "{fi: Liikunta, fi: Urheilu", "(2): Not readable as YAML: Duplicate key" },
        { "en: Sports}", "en: Sports", "(3): Not readable as YAML: While parsing a flow mapping" },
        { "sports: {", "---\nsports: {", "(1): The file must hold one document with a mapping at its root." },
        { "sports: {", "deep: &x [*x]\nsports: {", "(2): Anchors and aliases (`&` and `*`) cannot be used: write it out, or put a `*` that is meant in quotes." },
        { "sports: {", "deep: &x {fi: a, sv: b, en: c}\nsame: *x\nsports: {", "(2): Anchors and aliases (`&` and `*`) cannot be used: write it out, or put a `*` that is meant in quotes." },
    };

    [Theory]
    [MemberData(nameof(ItemFaults))]
    public void AFaultyDataItemIsToldInFull(string file, string good, string bad, string faults) => Told(file, good, bad, faults);

    [Theory]
    [MemberData(nameof(RuleFaults))]
    public void AFaultyRuleIsToldInFull(string file, string good, string bad, string faults) => Told(file, good, bad, faults);

    [Theory]
    [MemberData(nameof(ProhibitionFaults))]
    public void AFaultyNeverRuleIsToldInFull(string file, string good, string bad, string faults) => Told(file, good, bad, faults);

    [Theory]
    [MemberData(nameof(VocabularyFaults))]
    public void AFaultyVocabularyIsToldInFull(string file, string good, string bad, string faults) => Told(file, good, bad, faults);

    [Theory]
    [MemberData(nameof(ConditionFaults))]
    public void AFaultyConditionIsToldInFull(string file, string good, string bad, string faults) => Told(file, good, bad, faults);

    [Theory]
    [MemberData(nameof(YamlFaults))]
    public void AFileThatIsNotPlainYamlIsTold(string good, string bad, string fault) =>
        Assert.Contains(Actual("sectors.yaml", good, bad), told => told.StartsWith("sectors.yaml" + fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("sectors.yaml")]
    [InlineData("conditions.yaml")]
    [InlineData("retention.yaml")]
    public void AMissingVocabularyIsTold(string file)
    {
        var faulty = Assert.IsType<CatalogueReading.Faulty>(CatalogueReader.Read(SmallCatalogue.Replacing(file, null)));

        Assert.Contains($"{file}: The file is missing.", faulty.Faults.Select(static fault => $"{fault}"));
    }

    [Fact]
    public void NamesOfStatutesMayBeMissing() => Assert.Empty(Catalogues.Load(CatalogueReader.Read(SmallCatalogue.Replacing("statutes.yaml", null))).Statutes);

    [Fact]
    public void AFileGivenTwiceOrWithoutAPlaceIsTold()
    {
        var reading = CatalogueReader.Read([.. SmallCatalogue.Texts, SmallCatalogue.Texts[0], ("notes/idea.yaml", "a: b"), ("rule/R-1.yaml", "a: b"), ("extra.yaml", "a: b")]);

        Assert.Equal(
            ["code-systems.yaml: The file is given twice.", "extra.yaml: The catalogue has no place for this file.", "notes/idea.yaml: The catalogue has no place for this file.", "rule/R-1.yaml: The catalogue has no place for this file."],
            Assert.IsType<CatalogueReading.Faulty>(reading).Faults.Select(static fault => $"{fault}"));
    }

    [Fact]
    public void AFolderThatDoesNotExistIsTold() =>
        Assert.Equal("/no/such/folder: The folder does not exist.", $"{Assert.Single(Assert.IsType<CatalogueReading.Faulty>(CatalogueReader.ReadDirectory("/no/such/folder")).Faults)}");

    private static string[] Expected(string file, string faults) =>
        [.. faults.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(fault => fault.StartsWith('(') ? file + fault : fault).Order(StringComparer.Ordinal)];

    private static string[] Actual(string file, string good, string bad) => CatalogueReader.Read(EditedCatalogue.Texts(SmallCatalogue.Texts, file, good, bad)) switch
    {
        CatalogueReading.Faulty faulty => [.. faulty.Faults.Select(static fault => $"{fault}").Order(StringComparer.Ordinal)],
        _ => [],
    };

    private static void Told(string file, string good, string bad, string faults) => Assert.Equal(string.Join('\n', Expected(file, faults)), string.Join('\n', Actual(file, good, bad)));
}
