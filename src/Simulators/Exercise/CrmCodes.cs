// The product's own code lists, as its screens show them.
using System.Collections.Frozen;

namespace Sisote.Simulators.Exercise;

/// <summary>Codes of the product with their Finnish labels. It refuses what is not in them.</summary>
internal static class CrmCodes
{
    /// <summary>Programmes a client can be referred to. Finnish: palvelut.</summary>
    public static readonly FrozenDictionary<string, string> Programmes = Labels(
        ("liikuntaneuvonta_yksilo", "Liikuntaneuvonta, yksilö"),
        ("liikuntaneuvonta_ryhma", "Liikuntaneuvonta, ryhmä"),
        ("elintapaohjaus", "Elintapaohjaus"));

    /// <summary>Where a referral may stand, and from where it may come there.</summary>
    public static readonly FrozenDictionary<string, string> ReferralStates = Labels(
        ("saapunut", "Saapunut"),
        ("hyvaksytty", "Hyväksytty"),
        ("kaynnissa", "Käynnissä"),
        ("tauolla", "Tauolla"),
        ("keskeytynyt", "Keskeytynyt"),
        ("palautettu", "Palautettu lähettäjälle"),
        ("paattynyt", "Päättynyt"));

    /// <summary>Why a referral was returned, rests or ended early. Finnish: syyt.</summary>
    public static readonly FrozenDictionary<string, string> Reasons = Labels(
        ("ei_kohderyhmaa", "Ei kuulu kohderyhmään"),
        ("ei_tilaa", "Palvelussa ei ole tilaa"),
        ("hoito_ensin", "Tarvitsee ensin hoitoa"),
        ("asiakas_ei_halua", "Asiakas ei halua palvelua"),
        ("ei_tavoitettu", "Asiakasta ei tavoitettu"),
        ("muu", "Muu syy"));

    /// <summary>Limits and needs of access. Finnish: rajoitteet.</summary>
    public static readonly FrozenDictionary<string, string> Limits = Labels(
        ("ei_raskasta_nostamista", "Ei raskasta nostamista"),
        ("ei_iskuja", "Ei hyppyjä eikä iskuja"),
        ("ei_kasia_ylos", "Ei kuormitusta hartiatason yläpuolella"),
        ("ei_syvakyykkya", "Ei syvää polven koukistusta"),
        ("ei_nopeita_paan_liikkeita", "Ei nopeita pään liikkeitä"),
        ("ei_kontaktilajeja", "Ei kontaktilajeja"),
        ("ei_hengityksen_pidatysta", "Ei ponnistamista hengitystä pidättäen"),
        ("sykeraja", "Sovittu sykeraja"),
        ("vain_kevyt", "Vain kevyt kuormitus"),
        ("enintaan_reipas", "Enintään reipas kuormitus"),
        ("tasapainotuki", "Tasapainon tuki tarvitaan"),
        ("ei_uintia_yksin", "Ei uintia yksin"),
        ("tauot", "Taukoja tavallista useammin"),
        ("keskeyta_oireissa", "Keskeytä, jos tulee oireita"),
        ("esteeton_kulku", "Esteetön kulku tarvitaan"),
        ("viittomakielen_tulkki", "Viittomakielen tulkki tarvitaan"),
        ("induktiosilmukka", "Induktiosilmukka tarvitaan"),
        ("oma_avustaja", "Oma avustaja mukana"));

    /// <summary>Goals to choose from. Finnish: tavoitteet.</summary>
    public static readonly FrozenDictionary<string, string> Goals = Labels(
        ("kestavyys", "Kestävyyskunnon parantaminen"),
        ("lihaskunto", "Lihaskunnon parantaminen"),
        ("arkiaktiivisuus", "Arkiaktiivisuuden lisääminen"),
        ("tasapaino", "Tasapainon parantaminen"),
        ("painonhallinta", "Painonhallinta"));

    /// <summary>Measurements and their units. Finnish: mittaukset.</summary>
    public static readonly FrozenDictionary<string, string> Measurements = Labels(
        ("reipas_pv_vk", "pv/vk"),
        ("reipas_min_pv", "min/pv"),
        ("reipas_min_vk", "min/vk"),
        ("lihaskunto_pv_vk", "pv/vk"),
        ("paino", "kg"),
        ("pituus", "cm"),
        ("painoindeksi", "kg/m2"),
        ("verenpaine", "mmHg"),
        ("leposyke", "/min"),
        ("askeleet", "/pv"));

    /// <summary>States of goals and of plans and their steps.</summary>
    public static readonly FrozenDictionary<string, string> WorkStates = Labels(
        ("suunniteltu", "Suunniteltu"), ("kaynnissa", "Käynnissä"), ("toteutunut", "Toteutunut"), ("keskeytetty", "Keskeytetty"));

    /// <summary>Whether a referral may go from one state to another.</summary>
    public static bool MayGo(string from, string to) => (from, to) switch
    {
        ("saapunut", "hyvaksytty" or "palautettu") => true,
        ("hyvaksytty", "kaynnissa" or "tauolla" or "paattynyt" or "palautettu") => true,
        ("kaynnissa", "paattynyt" or "tauolla" or "keskeytynyt") => true,
        ("tauolla", "kaynnissa" or "keskeytynyt") => true,
        _ => false,
    };

    private static FrozenDictionary<string, string> Labels(params ReadOnlySpan<(string Code, string Label)> rows)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in rows)
        {
            labels.Add(code, label);
        }

        return labels.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
