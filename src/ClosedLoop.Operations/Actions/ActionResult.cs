using ClosedLoop.Grains;

namespace ClosedLoop.Operations.Actions;

/// <summary>What came of an action.</summary>
/// <param name="Status">HTTP status: 200, or why it was not even tried.</param>
/// <param name="Done">Whether it was carried out.</param>
/// <param name="Text">What was done, or why not.</param>
/// <param name="Code">Stable code of a refusal.</param>
internal sealed record ActionResult(int Status, bool Done, string Text, string? Code = null)
{
    public bool IsAnswer => Status == 200;

    public static ActionResult Of(OperatorAnswer answer) => new(200, answer.Done, answer.Text);

    public static ActionResult Of(bool done, string text) => new(200, done, text);

    public static ActionResult NotFound(string code, string text) => new(404, Done: false, text, code);

    public static ActionResult Bad(string code, string text) => new(400, Done: false, text, code);

    public static ActionResult Forbidden() => new(403, Done: false, "the key is bound to one client and may not do this", "CL9501");
}
