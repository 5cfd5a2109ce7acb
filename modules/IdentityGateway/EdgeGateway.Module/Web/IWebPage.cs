namespace EdgeGateway.Module.Web;

/// <summary>One path of the endpoint.</summary>
internal interface IWebPage
{
    /// <summary>The path: <c>/metrics</c>.</summary>
    string Path { get; }

    /// <summary>What it holds now. Quick: it is asked by each request.</summary>
    WebAnswer Answer();
}
