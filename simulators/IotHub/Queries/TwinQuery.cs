using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Queries;

/// <summary>
/// A query over twins: <c>SELECT * FROM devices [WHERE c [AND c]...]</c>, each c being <c>path = value</c>, <c>path != value</c> (or
/// <c>&lt;&gt;</c>), <c>path IN [value, ...]</c> or <c>IS_DEFINED(path)</c>. Values are 'texts', numbers, true and false.
/// </summary>
public sealed class TwinQuery
{
    private readonly IReadOnlyList<Func<JsonObject, bool>> _conditions;

    private TwinQuery(IReadOnlyList<Func<JsonObject, bool>> conditions) => _conditions = conditions;

    /// <exception cref="HubRequestException">The query is not of that form: 400. The message says where.</exception>
    public static TwinQuery Parse(string text)
    {
        var tokens = new QueryTokens(text);
        tokens.Expect("SELECT");
        tokens.Expect("*");
        tokens.Expect("FROM");
        tokens.Expect("devices");
        var conditions = new List<Func<JsonObject, bool>>();
        if (!tokens.AtEnd)
        {
            tokens.Expect("WHERE");
            do
            {
                conditions.Add(Condition(tokens));
            }
            while (tokens.TryTake("AND"));
        }

        return tokens.AtEnd ? new TwinQuery(conditions) : throw tokens.Unexpected("AND or the end");
    }

    /// <summary>Returns whether a twin document of the service API matches.</summary>
    public bool Matches(JsonObject twin) => _conditions.All(c => c(twin));

    private static Func<JsonObject, bool> Condition(QueryTokens tokens)
    {
        if (tokens.TryTake("IS_DEFINED"))
        {
            tokens.Expect("(");
            var defined = tokens.TakePath();
            tokens.Expect(")");
            return twin => Find(twin, defined) is not null;
        }

        var path = tokens.TakePath();
        if (tokens.TryTake("="))
        {
            var value = tokens.TakeValue();
            return twin => JsonNode.DeepEquals(Find(twin, path), value);
        }

        if (tokens.TryTake("!=") || tokens.TryTake("<>"))
        {
            var value = tokens.TakeValue();
            return twin => Find(twin, path) is { } found && !JsonNode.DeepEquals(found, value);
        }

        tokens.Expect("IN");
        tokens.Expect("[");
        var values = new List<JsonNode>();
        do
        {
            values.Add(tokens.TakeValue());
        }
        while (tokens.TryTake(","));

        tokens.Expect("]");
        return twin => values.Exists(v => JsonNode.DeepEquals(Find(twin, path), v));
    }

    private static JsonNode? Find(JsonNode? node, string[] path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }
}
