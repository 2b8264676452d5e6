namespace ClosedLoop.Silo.Demo;

/// <summary>What a reader is going to do with the mail.</summary>
/// <param name="Index">Row of the file, from 0.</param>
/// <param name="Pixel">Address of the open pixel.</param>
/// <param name="Links">Tracked links of the HTML part.</param>
/// <param name="Unsubscribe">Address of the unsubscribe page, from the header.</param>
internal sealed record DemoReader(int Index, string? Pixel, IReadOnlyList<string> Links, string? Unsubscribe);
