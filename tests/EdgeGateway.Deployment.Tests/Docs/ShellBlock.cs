using System.Text.RegularExpressions;

namespace EdgeGateway.Deployment.Tests.Docs;

/// <summary>A fenced block of docs/deploy.md.</summary>
/// <param name="Line">Line of the page it begins at.</param>
/// <param name="Language">What follows the fence.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record ShellBlock(int Line, string Language, string Text)
{
    public const string Page = "docs/deploy.md";

    public static IReadOnlyList<ShellBlock> All { get; } = [.. Fence().Matches(Checkout.Read(Page)).Select(m =>
        new ShellBlock(Checkout.Read(Page)[..m.Index].Count(c => c == '\n') + 1, m.Groups["language"].Value, m.Groups["text"].Value))];

    public static IReadOnlyList<ShellBlock> Shell { get; } = [.. All.Where(b => b.Language == "bash")];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
