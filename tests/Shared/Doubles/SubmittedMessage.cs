namespace ClosedLoop.Testing.Doubles;

/// <summary>A submit_sm that the message centre has taken.</summary>
internal sealed record SubmittedMessage(string Id, string Source, string Destination, int EsmClass, int Coding, byte[] Text, IReadOnlyDictionary<int, byte[]> Tags, bool WantsReceipt);
