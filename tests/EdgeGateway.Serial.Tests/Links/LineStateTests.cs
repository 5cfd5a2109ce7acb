using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class LineStateTests
{
    private readonly ILogger _logger = Substitute.For<ILogger>();
    private readonly LineState _state;

    public LineStateTests()
    {
        _logger.IsEnabled(default).ReturnsForAnyArgs(true);
        _state = new LineState("/dev/ttyUSB0", _logger);
    }

    [Fact]
    public void TryEnd_Twice_TheFirstCauseStays()
    {
        _state.IsAlive.Should().BeTrue();
        var inner = new IOException();
        _state.TryEnd(LinkFailure.Unplugged, "gone", inner).Should().BeTrue();
        _state.TryEnd(LinkFailure.Io, "other").Should().BeFalse();
        _state.TryClose().Should().BeFalse();

        _state.IsAlive.Should().BeFalse();
        var thrown = FluentActions.Invoking(_state.ThrowIfEnded).Should().Throw<LinkException>().WithMessage("gone").Which;
        thrown.Failure.Should().Be(LinkFailure.Unplugged);
        thrown.InnerException.Should().BeSameAs(inner);
    }

    [Fact]
    public void TryEnd_Failure_LogsOneWarning()
    {
        _state.TryEnd(LinkFailure.Unplugged, "gone");
        _state.TryEnd(LinkFailure.Io, "other");
        Warnings().Should().Be(1);
    }

    [Fact]
    public void TryClose_Alive_LogsNothing()
    {
        _state.TryClose().Should().BeTrue();
        _state.ToException().Failure.Should().Be(LinkFailure.Closed);
        Warnings().Should().Be(0);
    }

    [Fact]
    public void ToException_Alive_IsAMistakeOfTheCaller() =>
        FluentActions.Invoking(() => new LineState("x", NullLogger.Instance).ToException()).Should().Throw<InvalidOperationException>();

    private int Warnings() => _logger.ReceivedCalls().Count(call => call.GetMethodInfo().Name == nameof(ILogger.Log));
}
