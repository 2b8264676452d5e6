namespace ClosedLoop.Model.Orders;

/// <summary>
/// One error or warning found in an order or its lists. The message holds names of elements, fields and files, ids and counts, but no
/// token, no address and no content: those may be secret or personal.
/// </summary>
/// <param name="Code">What is wrong.</param>
/// <param name="File">Name of the file it is in, without folder; null when it is the order itself.</param>
/// <param name="Line">Physical line, from 1; 0 when it concerns the file as a whole.</param>
/// <param name="Column">In an order the character of the line, from 1; in a list the position of the field; 0 when neither is known.</param>
/// <param name="Message">What was found and what was expected.</param>
/// <param name="Cause">What has most likely happened here.</param>
/// <param name="Hint">What to do here.</param>
public sealed record OrderProblem(OrderErrorCode Code, string? File, long Line, int Column, string Message, string Cause, string Hint)
{
    public bool IsError => !Code.IsWarning;

    /// <summary>A problem whose cause and hint are those of its key.</summary>
    public static OrderProblem Of(OrderErrorCode code, long line, int column, string message, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new(code, file, line, column, message, code.Cause, code.Hint);
    }
}
