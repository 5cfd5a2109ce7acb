using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Options that stay as they are, however wrong the settings are that they come from.</summary>
internal sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
