using System.Text;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Module.Tests.Settings;

/// <summary>Settings written as JSON in tests.</summary>
internal static class SettingsText
{
    public static IConfigurationRoot Configuration(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    public static SettingsReading Read(string json) => SettingsReader.Read(Configuration(json));

    /// <summary>Key and expectation of each mistake.</summary>
    public static IReadOnlyList<string> Mistakes(string json) => [.. Read(json).Errors.Select(e => e.ToString())];
}
