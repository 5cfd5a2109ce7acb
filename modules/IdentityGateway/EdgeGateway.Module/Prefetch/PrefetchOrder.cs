using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

/// <summary>What is to be fetched ahead.</summary>
/// <param name="Contents">The contents, each once.</param>
/// <param name="Days">How long they are kept if nobody uses them.</param>
internal sealed record PrefetchOrder(IReadOnlyList<ContentReference> Contents, int Days);
