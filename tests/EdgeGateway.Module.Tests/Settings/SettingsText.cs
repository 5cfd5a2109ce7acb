using System.Text;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Module.Tests.Settings;

/// <summary>Settings written as JSON in tests.</summary>
internal static class SettingsText
{
    /// <summary>An environment that gives the module an identity, so that the hub is known.</summary>
    public static readonly RuntimeEnvironment Environment = RuntimeEnvironment.From(name =>
        name == "EdgeHubConnectionString" ? "HostName=hub.example;DeviceId=edge;ModuleId=gateway;SharedAccessKey=AAAA" : null);

    /// <summary>Configuration with a group key, beside what the text says.</summary>
    public static IConfigurationRoot Configuration(string json) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([new("Credentials:GroupKeyFile", GroupKeyFile.Value)])
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
            .Build();

    /// <summary>A file with a group key, for as long as the tests run.</summary>
    public static readonly Lazy<string> GroupKeyFile = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "group-key-of-tests.txt");
        File.WriteAllText(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        return file;
    });

    public static SettingsReading Read(string json) => SettingsReader.Read(Configuration(json), Environment);

    /// <summary>Key and expectation of each mistake.</summary>
    public static IReadOnlyList<string> Mistakes(string json) => [.. Read(json).Errors.Select(e => e.ToString())];
}
