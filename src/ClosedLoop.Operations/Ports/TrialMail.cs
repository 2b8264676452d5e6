namespace ClosedLoop.Operations.Ports;

/// <summary>A message for the sink, to be looked at.</summary>
/// <param name="Label">What it is a copy of, as the message itself says in a header: <c>71000000002.4</c> for a recipient of a mailing, <c>file/5/row/3</c> for a row of a file. US-ASCII.</param>
/// <param name="Sequence">Position of the recipient in its mailing.</param>
/// <param name="Address">The recipient's address.</param>
/// <param name="Fields">The recipient's columns.</param>
public sealed record TrialMail(string Label, int Sequence, string Address, ReadOnlyMemory<byte> Fields);
