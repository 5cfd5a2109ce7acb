using EdgeGateway.Content.Sources.Parents;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Tests.Sources.Parents;

/// <summary>Options that stay as they are.</summary>
internal sealed class TestParentOptions : IOptionsMonitor<ParentOptions>
{
    public ParentOptions CurrentValue { get; } = new();

    public ParentOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<ParentOptions, string?> listener) => null;
}
