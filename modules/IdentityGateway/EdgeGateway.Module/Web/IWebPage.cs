using Microsoft.AspNetCore.Routing;

namespace EdgeGateway.Module.Web;

/// <summary>A page of the endpoint of metrics and health.</summary>
internal interface IWebPage
{
    /// <summary>Gets the path, such as <c>/metrics</c>.</summary>
    string Path { get; }

    /// <summary>Adds the page to a server. A server is built for each attempt to listen.</summary>
    void Map(IEndpointRouteBuilder endpoints);
}
