namespace ClosedLoop.Model.Files;

/// <summary>The step a problem was found in: column <c>step</c> of the error file (closed-loop spec section 16.3).</summary>
public enum FileStep
{
    Name,
    Read,
    Parse,
    Validate,
    Import,
    Copy,
    Start,
}
