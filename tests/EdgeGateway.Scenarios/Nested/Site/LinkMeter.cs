using System.Globalization;
using EdgeGateway.Scenarios.Nested.Networks;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>Counts what comes down the content cables from one moment on.</summary>
internal sealed class LinkMeter
{
    private readonly IReadOnlyList<VethLink> _links;
    private readonly long[] _before;

    private LinkMeter(IReadOnlyList<VethLink> links, long[] before) => (_links, _before) = (links, before);

    public static async Task<LinkMeter> StartAsync(Plant plant) =>
        new(plant.Network.ContentLinks, await CountAsync(plant.Network.ContentLinks));

    /// <summary>Bytes since the start, as multiples of what had to come; origin to top first.</summary>
    public async Task<IReadOnlyList<double>> RatiosAsync(long imageBytes) =>
        [.. (await CountAsync(_links)).Zip(_before, (now, before) => (double)(now - before) / imageBytes)];

    public static string Show(IEnumerable<double> ratios) =>
        string.Join(", ", ratios.Select(ratio => ratio.ToString("0.0000", CultureInfo.InvariantCulture)));

    private static async Task<long[]> CountAsync(IEnumerable<VethLink> links) => await Task.WhenAll(links.Select(link => link.BytesDownAsync()));
}
