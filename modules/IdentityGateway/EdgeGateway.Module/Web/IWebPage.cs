namespace EdgeGateway.Module.Web;

/// <summary>One path of the endpoint.</summary>
internal interface IWebPage
{
    /// <summary>The path: <c>/metrics</c>.</summary>
    string Path { get; }

    /// <summary>What it holds now. Quick: it is asked by each request.</summary>
    WebAnswer Answer();
}

/// <summary>What a page answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Type of <paramref name="Body"/>.</param>
/// <param name="Body">Text, sent as UTF-8.</param>
internal sealed record WebAnswer(int Status, string ContentType, string Body)
{
    public static WebAnswer Text(int status, string body) => new(status, "text/plain; charset=utf-8", body);
}
