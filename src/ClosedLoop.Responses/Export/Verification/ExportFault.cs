namespace ClosedLoop.Responses.Export.Verification;

/// <summary>Something that is wrong with a fetched set.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Row">Row without the header, from 1; 0 when the whole file is meant.</param>
/// <param name="Message">What was found and what was expected; no address.</param>
public sealed record ExportFault(string Code, string File, long Row, string Message);
