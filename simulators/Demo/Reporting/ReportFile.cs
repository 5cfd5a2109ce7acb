using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>Writes the report as JSON.</summary>
public static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(DemoReport report) => JsonSerializer.Serialize(report, Json);

    public static Task WriteAsync(DemoReport report, FileInfo file, CancellationToken cancellation)
    {
        file.Directory?.Create();
        return File.WriteAllTextAsync(file.FullName, ToJson(report) + Environment.NewLine, cancellation);
    }
}
