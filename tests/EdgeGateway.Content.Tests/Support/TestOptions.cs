using EdgeGateway.Content;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>Options that a test changes while they are in use.</summary>
internal sealed class TestOptions(ContentOptions options) : IOptionsMonitor<ContentOptions>
{
    public ContentOptions CurrentValue { get; } = options;

    public ContentOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<ContentOptions, string?> listener) => null;
}
