using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>Formats and reads the lines of the journal: a JSON object for each report, message and acknowledgement.</summary>
internal static class OutgoingJournal
{
    public static JsonObject Line(IdentityName client, QueuedReport report) => new()
    {
        ["client"] = client.ToString(),
        ["sequence"] = report.Sequence,
        ["report"] = report.Patch.DeepClone(),
    };

    public static JsonObject Line(IdentityName client, QueuedMessage message) => new()
    {
        ["client"] = client.ToString(),
        ["sequence"] = message.Sequence,
        ["at"] = message.At,
        ["message"] = Convert.ToBase64String(message.Body.Span),
        ["properties"] = new JsonObject(message.Properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
    };

    public static JsonObject ReportsDone(IdentityName client, long upTo) => new() { ["client"] = client.ToString(), ["reportsDone"] = upTo };

    public static JsonObject MessagesDone(IdentityName client, long upTo) => new() { ["client"] = client.ToString(), ["messagesDone"] = upTo };

    /// <summary>Formats everything that is queued.</summary>
    public static IEnumerable<string> Lines(IEnumerable<KeyValuePair<IdentityName, OutgoingQueue>> queues) => queues
        .SelectMany(q => q.Value.QueuedReports.Select(r => Line(q.Key, r)).Concat(q.Value.QueuedMessages.Select(m => Line(q.Key, m))))
        .Select(line => line.ToJsonString());

    /// <summary>Reads a journal, if the file exists, into queues. An incomplete last line is skipped: it was never acknowledged.</summary>
    /// <returns>The highest sequence number in the journal.</returns>
    /// <exception cref="InvalidDataException">Another line cannot be read.</exception>
    public static long Load(string path, Func<IdentityName, OutgoingQueue> queueOf)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        long highest = 0;
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                highest = Math.Max(highest, Apply(JsonNode.Parse(lines[i])!.AsObject(), queueOf));
            }
            catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException)
            {
                if (i == lines.Length - 1)
                {
                    break;
                }

                throw new InvalidDataException($"Line {i + 1} of '{path}' is not a line of an edge hub's journal. Remove the file to start with an empty journal.", e);
            }
        }

        return highest;
    }

    private static long Apply(JsonObject line, Func<IdentityName, OutgoingQueue> queueOf)
    {
        var queue = queueOf(IdentityName.FromClientId(line["client"]!.GetValue<string>())!);
        if (line["reportsDone"] is { } reports)
        {
            queue.CompleteReports(reports.GetValue<long>(), default);
            return reports.GetValue<long>();
        }

        if (line["messagesDone"] is { } messages)
        {
            queue.CompleteMessages(messages.GetValue<long>());
            return messages.GetValue<long>();
        }

        var sequence = line["sequence"]!.GetValue<long>();
        if (line["report"] is { } patch)
        {
            queue.Add(new QueuedReport(sequence, patch.DeepClone().AsObject()));
        }
        else
        {
            queue.Add(new QueuedMessage(
                sequence,
                line["at"]!.GetValue<DateTimeOffset>(),
                Convert.FromBase64String(line["message"]!.GetValue<string>()),
                line["properties"]!.AsObject().ToDictionary(p => p.Key, p => p.Value!.GetValue<string>())));
        }

        return sequence;
    }
}
