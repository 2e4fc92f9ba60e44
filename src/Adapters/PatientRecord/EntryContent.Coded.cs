// The coded part of an entry.
using System.Globalization;
using Hl7.Fhir.Model;

namespace Sisote.Adapters.PatientRecord;

/// <content>Measures, goals and plans.</content>
internal sealed partial class EntryContent
{
    private const string Ucum = "http://unitsofmeasure.org";

    private string? AddMeasure(Observation measure, string number)
    {
        if (Uncarried(measure, "status", "category", "code", "subject", "effective", "value", "component") is { } uncarried)
        {
            return uncarried;
        }

        if (measure.Status != ObservationStatus.Final || !mapping.Map(mapping.Outgoing.Measures).TryReverse(measure.Code, out var code))
        {
            return "The record does not know the code of a final Observation.";
        }

        if ((measure.Value is null) == (measure.Component.Count == 0) || (measure.Value is not null && Value(measure.Value, code) is null))
        {
            return "The record takes an Observation with one quantity in the unit of its code, or with components.";
        }

        var time = Moment((measure.Effective as FhirDateTime)?.Value);
        lines.Add(Line(number, code, measure.Value is null ? string.Empty : Value(measure.Value, code)!, time));
        for (var index = 0; index < measure.Component.Count; index++)
        {
            if (Uncarried(measure.Component[index], "Observation.component", "code", "value") is { } inComponent)
            {
                return inComponent;
            }

            if (AddQuantity($"{number}.{index + 1}", measure.Component[index].Code, measure.Component[index].Value, null) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? AddGoal(Goal goal, string number)
    {
        if (Uncarried(goal, "lifecycleStatus", "category", "description", "subject", "start", "target") is { } uncarried)
        {
            return uncarried;
        }

        if (!mapping.Map(mapping.Outgoing.Goals).TryReverse(goal.Description, out var code))
        {
            return "The record does not know the code of Goal.description.";
        }

        lines.Add(new ObxLine(number, "ST", code.System, code.Code, code.Mapped.Label, goal.Description.Text ?? code.Mapped.Label, null, Moment((goal.Start as Date)?.Value)));
        foreach (var target in goal.Target)
        {
            var part = lines.Count(line => line.Number.StartsWith(number + ".", StringComparison.Ordinal)) + 1;
            if (Uncarried(target, "Goal.target", "measure", "detail", "due") is { } inTarget)
            {
                return inTarget;
            }

            if (AddQuantity($"{number}.{part}", target.Measure, target.Detail, Moment((target.Due as Date)?.Value)) is { } fault)
            {
                return fault;
            }
        }

        AddField(number, mapping.Outgoing.Fields.Status, goal.LifecycleStatus?.ToString());
        return null;
    }

    private string? AddPlan(CarePlan plan, string number)
    {
        if (Uncarried(plan, "status", "intent", "category", "title", "subject", "period", "activity") is { } uncarried)
        {
            return uncarried;
        }

        var map = mapping.Map(mapping.Outgoing.Plans);
        var code = plan.Category.Select(category => map.TryReverse(category, out var found) ? found : null).FirstOrDefault(static found => found is not null);
        if (code is null)
        {
            return "The record does not know the category of the CarePlan.";
        }

        lines.Add(new ObxLine(number, "ST", code.System, code.Code, code.Mapped.Label, plan.Title ?? code.Mapped.Label, null, Moment(plan.Period?.Start)));
        AddField(number, mapping.Outgoing.Fields.Status, plan.Status?.ToString());
        AddField(number, mapping.Outgoing.Fields.End, Moment(plan.Period?.End));
        foreach (var activity in plan.Activity)
        {
            if (activity.Detail is not { } detail || Uncarried(activity, "CarePlan.activity", "detail") is not null || Uncarried(detail, "CarePlan.activity.detail", "status", "description") is not null)
            {
                return "The record takes CarePlan activities with a description and a status only.";
            }

            if (string.IsNullOrWhiteSpace(detail.Description) || !IsOrdinary(plan, detail))
            {
                return "The record takes CarePlan activities with a description, all still to be done or under way, or all done where the plan is.";
            }

            AddField(number, mapping.Outgoing.Fields.Activity, detail.Description);
        }

        return null;
    }

    /// <summary>The record keeps no status of an activity: it reads each as under way, or as done where the plan is, so that one which was stopped or put off would stand there as one to be done.</summary>
    private static bool IsOrdinary(CarePlan plan, CarePlan.DetailComponent detail) => plan.Status == RequestStatus.Completed
        ? detail.Status == CarePlan.CarePlanActivityStatus.Completed
        : detail.Status is CarePlan.CarePlanActivityStatus.NotStarted or CarePlan.CarePlanActivityStatus.Scheduled or CarePlan.CarePlanActivityStatus.InProgress;

    private string? AddQuantity(string number, CodeableConcept? concept, DataType? value, string? time)
    {
        if (!mapping.Map(mapping.Outgoing.Measures).TryReverse(concept, out var code) || Value(value, code) is not { } text)
        {
            return "The record does not know the code or the unit of a measured value.";
        }

        lines.Add(Line(number, code, text, time));
        return null;
    }

    private static ObxLine Line(string number, NativeCode code, string value, string? time) =>
        new(number, "NM", code.System, code.Code, code.Mapped.Label, value, code.Mapped.Unit, time);

    /// <summary>The number of a quantity in exactly the unit of its code, or null.</summary>
    private static string? Value(DataType? value, NativeCode code) =>
        value is Quantity { Comparator: null, System: Ucum, Value: { } number } quantity && quantity.Code == code.Mapped.Unit
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
}
