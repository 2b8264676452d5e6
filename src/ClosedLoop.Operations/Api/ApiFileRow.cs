namespace ClosedLoop.Operations.Api;

/// <summary>One imported row of a file as a mail: from what was frozen, or before that from the source mailing as it is now; a fault when it cannot be made.</summary>
internal sealed record ApiFileRow(long Row, long Mailing, int Sequence, string Address, bool IsFrozen, string? Subject, string? Html, string? Text, string? Fault);
