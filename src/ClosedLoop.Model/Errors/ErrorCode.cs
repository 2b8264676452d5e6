namespace ClosedLoop.Model.Errors;

/// <summary>One stable code of the interface, with the words people see beside it.</summary>
/// <param name="Code">As in <c>E111</c>; never reused for another meaning.</param>
/// <param name="Effect">What happens to the file, group or record.</param>
/// <param name="Text">What is wrong, a few words without values.</param>
/// <param name="Hint">Likely cause and what to do.</param>
public sealed record ErrorCode(string Code, ErrorEffect Effect, string Text, string Hint)
{
    public bool IsError => Code[0] == 'E';

    public bool IsWarning => Code[0] == 'W';

    public override string ToString() => Code;
}
