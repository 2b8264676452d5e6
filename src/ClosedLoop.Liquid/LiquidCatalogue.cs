namespace ClosedLoop.Liquid;

/// <summary>
/// Product data of the host, for the filters <c>product</c>, <c>recommendation</c>, <c>products</c> and <c>recommendations</c> and for what a
/// dialect calls so. Called concurrently by concurrent renders.
/// </summary>
public abstract class LiquidCatalogue
{
    /// <summary>Names of the columns a product can have, for warnings.</summary>
    public abstract IReadOnlyCollection<string> Columns { get; }

    /// <summary>Whether a product can have a column of that name.</summary>
    public abstract bool HasColumn(string name);

    /// <summary>The value of one column of one product; null writes nothing.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="row">The recipient, or null.</param>
    /// <param name="state">The object handed to the render.</param>
    /// <exception cref="LiquidCatalogueException">There is none, and the recipient must not get a mail without it.</exception>
    public abstract string? Find(in LiquidCatalogueQuery query, LiquidRow? row, object? state);

    /// <summary>The products that a list of ids names, or their recommendations: names and values of the columns.</summary>
    /// <param name="ids">Ids with commas between them.</param>
    /// <param name="areRecommendations">The recommendations of the first id.</param>
    /// <param name="row">The recipient, or null.</param>
    /// <param name="state">The object handed to the render.</param>
    /// <exception cref="LiquidCatalogueException">One is missing, and the recipient must not get a mail without it.</exception>
    public abstract IReadOnlyList<LiquidData> List(string ids, bool areRecommendations, LiquidRow? row, object? state);
}
