using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Queries;

/// <summary>Splits a query into tokens and takes them one after the other.</summary>
internal sealed partial class QueryTokens
{
    private readonly List<string> _tokens;
    private int _next;

    public QueryTokens(string text)
    {
        var matches = Token().Matches(text);
        var covered = matches.Sum(m => m.Length);
        var meant = text.Count(c => !char.IsWhiteSpace(c)) + matches.Sum(m => m.Value.Count(char.IsWhiteSpace));
        if (covered != meant)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"the query contains a character that is not part of the query language: {text}");
        }

        _tokens = [.. matches.Select(m => m.Value)];
    }

    public bool AtEnd => _next == _tokens.Count;

    public void Expect(string word)
    {
        if (!TryTake(word))
        {
            throw Unexpected(word);
        }
    }

    public bool TryTake(string word)
    {
        if (AtEnd || !_tokens[_next].Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Takes a path of property names, such as <c>tags.site</c>.</summary>
    public string[] TakePath() =>
        !AtEnd && (char.IsAsciiLetter(_tokens[_next][0]) || _tokens[_next][0] is '_' or '$') ? _tokens[_next++].Split('.') : throw Unexpected("a path");

    /// <summary>Takes a value: 'text', a number, true or false.</summary>
    public JsonNode TakeValue()
    {
        if (AtEnd)
        {
            throw Unexpected("a value");
        }

        var token = _tokens[_next];
        JsonNode? value = token switch
        {
            _ when token[0] is '\'' or '"' => JsonValue.Create(token[1..^1].Replace("\\'", "'", StringComparison.Ordinal)),
            _ when token.Equals("true", StringComparison.OrdinalIgnoreCase) => JsonValue.Create(true),
            _ when token.Equals("false", StringComparison.OrdinalIgnoreCase) => JsonValue.Create(false),
            _ when long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => JsonValue.Create(integer),
            _ when double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => null,
        };
        _next++;
        return value ?? throw new HubRequestException(HubError.ArgumentInvalid, $"the query has '{token}' where a value is expected");
    }

    public HubRequestException Unexpected(string expected) => new(
        HubError.ArgumentInvalid, $"the query has '{(AtEnd ? "its end" : _tokens[_next])}' where {expected} is expected");

    [GeneratedRegex(@"'(?:\\'|[^'])*'|""[^""]*""|[A-Za-z_$][\w$-]*(?:\.[\w$-]+)*|-?\d+(?:\.\d+)?|!=|<>|[*=()\[\],]")]
    private static partial Regex Token();
}
