using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Options that a test sets.</summary>
internal sealed class StaticOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
