using System.Runtime.InteropServices;
using EdgeGateway.Module.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Hosting;

public sealed class SignalLifetimeTests : IDisposable
{
    private readonly IHostApplicationLifetime _application = Substitute.For<IHostApplicationLifetime>();
    private readonly List<int> _exits = [];
    private readonly SignalLifetime _lifetime;

    public SignalLifetimeTests() => _lifetime = new SignalLifetime(_application, NullLogger<SignalLifetime>.Instance, _exits.Add);

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public void OnSignal_First_StopsCleanly()
    {
        _lifetime.OnSignal(PosixSignal.SIGTERM);

        _application.Received(1).StopApplication();
        _exits.Should().BeEmpty();
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public void OnSignal_Second_EndsAtOnce(PosixSignal signal, int code)
    {
        _lifetime.OnSignal(PosixSignal.SIGTERM);
        _lifetime.OnSignal(signal);

        _exits.Should().Equal(code);
        _application.Received(1).StopApplication();
    }
}
