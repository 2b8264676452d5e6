namespace ClosedLoop.Operations.Ports;

/// <summary>What the law lets a person ask for.</summary>
public interface IPeople
{
    /// <summary>Everything known of an address as JSON (schema <c>closedloop.person/v1</c>); <c>null</c> when nothing is.</summary>
    /// <param name="address">Normalised.</param>
    /// <param name="client">Key of one client; <c>null</c> for all.</param>
    byte[]? Export(string address, string? client);

    /// <summary>Erases a person; files that come later leave the person out.</summary>
    /// <param name="address">Normalised.</param>
    /// <param name="client">Key of one client; <c>null</c> for all.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The signed certificate (JSON), or why it has to be tried again.</returns>
    Task<(byte[]? Certificate, string? Fault)> EraseAsync(string address, string? client, CancellationToken cancellation);
}
