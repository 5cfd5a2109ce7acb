using Microsoft.Extensions.Options;

namespace EdgeGateway.Core;

/// <summary>Options that never change, for code that takes a monitor.</summary>
/// <param name="value">The options.</param>
public sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    /// <inheritdoc/>
    public T CurrentValue => value;

    /// <inheritdoc/>
    public T Get(string? name) => value;

    /// <inheritdoc/>
    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
