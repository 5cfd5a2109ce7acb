using System.ComponentModel.DataAnnotations;
using EdgeGateway.Firmware.Workflow;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class FirmwareOptionsTests
{
    [Fact]
    public void Defaults_AreSafeAndValid()
    {
        var options = new FirmwareOptions();

        options.AllowUnsigned.Should().BeFalse();
        options.MaxAttempts.Should().Be(5);
        options.RollBackRetries.Should().Be(1);
        options.TrialTime.Should().Be(TimeSpan.FromMinutes(5));
        options.PingInterval.Should().Be(TimeSpan.FromSeconds(30));
        Validate(options).Should().BeEmpty();
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEverything()
    {
        var options = new FirmwareOptions
        {
            MaxAttempts = 0, RollBackRetries = 9, RetryBase = default, RetryMax = default, ReattachBase = default, TrialTime = default,
            BootMargin = default, PingInterval = default, MaxImageSize = 0, JournalFolder = "",
        };

        Validate(options).Should().HaveCount(10);
    }

    private static List<string> Validate(FirmwareOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.SelectMany(r => r.MemberNames).Distinct()];
    }
}
