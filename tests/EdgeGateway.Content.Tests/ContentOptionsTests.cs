using System.ComponentModel.DataAnnotations;
using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentOptionsTests
{
    [Fact]
    public void Defaults_AsDocumented()
    {
        var options = new ContentOptions();

        Problems(options).Should().BeEmpty();
        options.Should().BeEquivalentTo(new
        {
            Folder = "content",
            MaxBytes = 1L << 30,
            MinFreeBytes = 64L << 20,
            MinBytesPerSecond = 256,
            SlowGrace = TimeSpan.FromSeconds(30),
            ResponseTimeout = TimeSpan.FromSeconds(30),
            Retries = 4,
            RetryBase = TimeSpan.FromSeconds(1),
            RetryMax = TimeSpan.FromSeconds(30),
            ProxyUrl = (Uri?)null,
        });
        options.AllowedOrigins.Should().BeEmpty();
    }

    [Fact]
    public void Validation_EverythingWrong_NamesEach()
    {
        var options = new ContentOptions
        {
            Folder = "",
            MaxBytes = 65_535,
            MinFreeBytes = -1,
            MinBytesPerSecond = -1,
            SlowGrace = TimeSpan.Zero,
            ResponseTimeout = TimeSpan.FromHours(1),
            Retries = 101,
            RetryBase = TimeSpan.FromHours(1),
            RetryMax = TimeSpan.FromHours(2),
        };

        Problems(options).Should().BeEquivalentTo(
            "Folder", "MaxBytes", "MinFreeBytes", "MinBytesPerSecond", "SlowGrace", "ResponseTimeout", "Retries", "RetryBase", "RetryMax");
    }

    private static IEnumerable<string> Problems(ContentOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.SelectMany(r => r.MemberNames);
    }
}
