using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Manifests;

/// <summary>
/// The options with which the Docker engine creates the container of a module. A template holds them as an object; in a manifest they are the text of
/// that object, cut into pieces named <c>createOptions</c>, <c>createOptions01</c>, <c>createOptions02</c> ...
/// </summary>
public static class CreateOptions
{
    /// <summary>Name of the first piece.</summary>
    public const string Name = "createOptions";

    /// <summary>Longest piece, in characters: what a value of a twin was once limited to, and edgeAgent's tools still cut at.</summary>
    public const int PieceLength = 512;

    /// <summary>Most pieces that edgeAgent puts together.</summary>
    public const int MaxPieces = 8;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The pieces of an object, with their names, in order.</summary>
    /// <exception cref="GenerateException">It is too long for <see cref="MaxPieces"/>.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> ToPieces(JsonObject options)
    {
        var text = options.ToJsonString(Compact);
        var pieces = text.Chunk(PieceLength).Select((piece, i) => KeyValuePair.Create(NameOf(i), new string(piece))).ToList();
        return pieces.Count <= MaxPieces
            ? pieces
            : throw new GenerateException($"{Name} has {text.Length} characters, more than {MaxPieces} pieces of {PieceLength}.");
    }

    /// <summary>Name of a piece, counted from 0.</summary>
    public static string NameOf(int index) => index == 0 ? Name : Name + index.ToString("00", CultureInfo.InvariantCulture);
}
