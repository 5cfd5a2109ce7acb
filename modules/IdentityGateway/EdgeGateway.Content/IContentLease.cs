
namespace EdgeGateway.Content;

/// <summary>Content that is present and stays so until the lease is disposed; every byte is checked again as it is read.</summary>
public interface IContentLease : IFirmwareImage, IDisposable;
