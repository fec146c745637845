using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>A statement in the making: whatever comes from a query goes into its parameters.</summary>
internal sealed class SearchStatement
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public SearchStatement Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <returns>How the statement names the parameter.</returns>
    public string Add<T>(T value) => Add(Sql.Of(value));

    public string AddTime(DateTimeOffset value) => Add(Sql.OfTime(value));

    public string AddPath(string path) => Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.JsonPath, Value = path });

    public NpgsqlCommand Command(NpgsqlDataSource source)
    {
        var command = source.CreateCommand(_text.ToString());
        command.Parameters.AddAll(_parameters);
        return command;
    }

    private string Add(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }
}
