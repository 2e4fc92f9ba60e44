// The memory of the student-welfare record.
using System.Collections.Immutable;
using Sisote.Simulators.People;
using Sisote.Simulators.Storage;

namespace Sisote.Simulators.StudentWelfare;

/// <summary>A notice to a teacher and where it stands: odottaa, toimitettu or hylatty. Finnish: ilmoitus.</summary>
internal sealed record TeacherNotice
{
    public required string Id { get; init; }

    public required string NeedId { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset Made { get; init; }

    public required string State { get; init; }

    public string? Receipt { get; init; }
}

/// <summary>What happened: a need was recorded, or a notice was made or moved on.</summary>
internal sealed record WelfareEvent
{
    public string? PupilId { get; init; }

    public ArrangementNeed? Need { get; init; }

    public TeacherNotice? Notice { get; init; }
}

/// <summary>Pupils and what is recorded of them; notices to teachers. Changes are on disk before they are answered.</summary>
internal sealed class WelfareRecord : IDisposable
{
    /// <summary>Codes of needs with their labels.</summary>
    public static readonly ImmutableSortedDictionary<string, string> NeedCodes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["OJ10"] = "Tauot oppituntien aikana",
        ["OJ20"] = "Rauhallinen koetila",
        ["OJ21"] = "Lisäaikaa kokeissa",
        ["OJ30"] = "Lyhennetty koulupäivä",
        ["OJ31"] = "Osittainen opiskelu",
        ["OJ32"] = "Poissaolo on hyväksytty",
        ["OJ40"] = "Vapautus liikuntatunneista",
        ["OJ41"] = "Soveltava liikunta",
        ["OJ50"] = "Istumapaikka luokan etuosassa",
        ["OJ51"] = "Ohjeet kirjallisina",
        ["OJ60"] = "Opetus pienryhmässä",
        ["OJ70"] = "Etäopetus",
        ["OJ80"] = "Nimetty luotettava aikuinen",
    });

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, WelfarePupil> pupils = [];
    private readonly OrderedDictionary<string, TeacherNotice> notices = [];
    private readonly FileJournal<WelfareEvent> journal;
    private readonly TimeProvider clock;

    /// <summary>Opens the record: the invented pupils and what was written since.</summary>
    public WelfareRecord(string path, TimeProvider clock)
    {
        this.clock = clock;
        foreach (var pupil in InventedPeople.Read<WelfareFile>("student-welfare.yaml").Pupils)
        {
            pupils.Add(pupil.Id, pupil);
        }

        journal = new FileJournal<WelfareEvent>(path, Apply);
    }

    /// <summary>All pupils.</summary>
    public ImmutableArray<WelfarePupil> Pupils
    {
        get
        {
            lock (gate)
            {
                return [.. pupils.Values];
            }
        }
    }

    /// <summary>All notices, newest first.</summary>
    public ImmutableArray<TeacherNotice> Notices
    {
        get
        {
            lock (gate)
            {
                return [.. notices.Values.Reverse()];
            }
        }
    }

    /// <summary>The pupil with this personal identity code, or null.</summary>
    public WelfarePupil? FindByNationalId(string nationalId) =>
        Pupils.FirstOrDefault(pupil => InventedPeople.Shared.Person(pupil.Person).Hetu == nationalId);

    /// <summary>A need and its pupil, or null.</summary>
    public (WelfarePupil Pupil, ArrangementNeed Need)? FindNeed(string id) =>
        Pupils.SelectMany(static pupil => pupil.Needs.Select(need => (pupil, need))).Where(pair => pair.need.Id == id).Select(static pair => ((WelfarePupil, ArrangementNeed)?)pair).FirstOrDefault();

    /// <summary>Records a need; null where pupil or code is unknown.</summary>
    public ArrangementNeed? Record(string pupilId, ArrangementNeed need)
    {
        lock (gate)
        {
            if (!pupils.ContainsKey(pupilId) || !NeedCodes.ContainsKey(need.Code))
            {
                return null;
            }

            var kept = need with { Id = OpaqueId.Create('n') };
            Write(new WelfareEvent { PupilId = pupilId, Need = kept });
            return kept;
        }
    }

    /// <summary>The notice of a need: the one that still waits, else a new one.</summary>
    public TeacherNotice Notice(string needId, string author)
    {
        lock (gate)
        {
            if (notices.Values.FirstOrDefault(notice => notice.NeedId == needId && notice.State == "odottaa") is { } waiting)
            {
                return waiting;
            }

            var made = new TeacherNotice { Id = OpaqueId.Create('i'), NeedId = needId, Author = author, Made = clock.GetUtcNow(), State = "odottaa" };
            Write(new WelfareEvent { Notice = made });
            return made;
        }
    }

    /// <summary>Moves a notice on.</summary>
    public TeacherNotice Settle(TeacherNotice notice, string state, string? receipt)
    {
        lock (gate)
        {
            var settled = notice with { State = state, Receipt = receipt };
            Write(new WelfareEvent { Notice = settled });
            return settled;
        }
    }

    /// <inheritdoc />
    public void Dispose() => journal.Dispose();

    private void Write(WelfareEvent happened)
    {
        journal.Append(happened);
        Apply(happened);
    }

    private void Apply(WelfareEvent happened)
    {
        if (happened is { Need: { } need, PupilId: { } pupilId })
        {
            var pupil = pupils[pupilId];
            pupils[pupilId] = pupil with { Needs = [.. pupil.Needs, need] };
        }

        if (happened.Notice is { } notice)
        {
            notices[notice.Id] = notice;
        }
    }
}
