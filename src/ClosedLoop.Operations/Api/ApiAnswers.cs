using ClosedLoop.Grains;
using ClosedLoop.Operations.Actions;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Api;

/// <summary>Answers of the API.</summary>
internal static class ApiAnswers
{
    public static IResult Of(ActionResult result) => result.IsAnswer
        ? TypedResults.Ok(new OperatorAnswer(result.Done, result.Text))
        : Problems.Of(result.Status, result.Code!, result.Text);

    public static async Task<IResult> OfAsync(Task<ActionResult> result) => Of(await result);

    public static IResult NoSuch(string code, string what) => Problems.Of(404, code, what + " does not exist");

    public static IResult BadCursor() => Problems.Of(400, "CL9508", "the cursor is none that a list has given");
}
