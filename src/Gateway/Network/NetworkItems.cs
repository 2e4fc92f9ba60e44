// Which data item of the law a thing of the network is.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Network;

/// <summary>Finds items about nobody by the FHIR type in which the catalogue describes them; no item is named in code.</summary>
internal sealed class NetworkItems(LegalCatalogue catalogue)
{
    /// <summary>Offers, units and their contacts.</summary>
    internal const string Offer = "HealthcareService";

    /// <summary>Agreements and the groups that rest on them.</summary>
    internal const string Agreement = "Contract";

    /// <summary>Figures that name nobody.</summary>
    internal const string Figures = "MeasureReport";

    private const string AboutNobody = "S0";

    /// <summary>The one item about nobody of a type; null where the catalogue has none or several: then nothing goes.</summary>
    internal DataItemId? Find(string type) =>
        catalogue.Items.Values.Where(item => item.Sensitivity == AboutNobody && item.Selectors.Any(selector => selector.ResourceType == type)).Take(2).ToArray() is [var only] ? only.Id : null;
}
